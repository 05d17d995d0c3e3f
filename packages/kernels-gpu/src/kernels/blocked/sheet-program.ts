import type { KernelSource, Native, Program } from '../../kernel-source.ts';
import { glsl } from '../../language/glsl.ts';
import { element } from '../natives.ts';
import { unrolled } from './entry-program.ts';

/** What a {@link sheetProgram} is. */
export interface SheetText extends Pick<KernelSource, 'buffers' | 'ints' | 'layers' | 'layered'> {
  readonly functions?: readonly Native[];
  /** Flat buffers whose elements it asks for by `at<buffer>(i)`. */
  readonly elementsOf?: readonly string[];
  /** Statements that return the texel of the first layer and assign those of the others to `data1 data2 …`. */
  readonly body: string;
}

/** A program in GLSL, for WebGL2 alone: sheets have rows and columns, which `gl_FragCoord` gives. */
export function sheetProgram(key: string, text: () => SheetText): Program {
  return {
    key,
    source: () => {
      const { functions = [], elementsOf = [], body, ...rest } = text();
      const texel: Native = { name: 'texel', returns: 'vec4', parameters: [], body };
      return {
        ...rest,
        natives: [...functions, ...elementsOf.map((buffer) => element(glsl, buffer)), texel],
        body: 'const v = texel(); return [v[0], v[1], v[2], v[3]];',
      };
    },
  };
}

/** Declares `s0 s1 …`, the sums of a thread. */
export function beginSums(count: number): string {
  return unrolled(count, (i) => `vec4 s${i} = vec4(0.0);`);
}

/** Hands sums to the layers. */
export function endSums(count: number): string {
  return `${unrolled(count - 1, (i) => `data${i + 1} = s${i + 1};`)} return s0;`;
}
