import type { KernelAttrs } from '@dl/kernels';
import type { Program } from '../../kernel-source.ts';
import { glsl } from '../../language/glsl.ts';
import type { Form, Machine, Operand, Sheet, Sheets } from '../../machine.ts';
import { lane, unrolled } from './entry-program.ts';
import { type MatmulProblem, matmulProblem } from './matmul-problem.ts';
import { beginSums, endSums, sheetProgram } from './sheet-program.ts';

/** Products with fewer multiplications are left to the general form, which is one launch. */
const leastWork = 1 << 17;

/**
 * Matrix products on WebGL2. Fetches of texels are what costs: a thread computes eight rows of four columns, which takes twelve
 * fetches for 128 multiplications.
 */
export const sheetMatmul: Form<'matmul'> = {
  suits: ({ sheets }, inputs, attrs, out) => {
    if (sheets === undefined || out.dtype !== 'float32') return false;
    const problem = matmulProblem(inputs, attrs, out);
    if (problem === undefined) return false;
    const { count, m, n, k } = problem;
    const { steps, blocks, columns } = sizesOf(problem);
    const fits = Math.max(steps, columns, count * blocks * 8, count * steps * 4) <= sheets.side;
    return fits && Math.min(m, n, k) >= 4 && count * m * n * k >= leastWork;
  },
  compute: (machine, [a, b], attrs, out) => {
    const problem = matmulProblem([a, b], attrs, out);
    if (machine.sheets !== undefined && problem !== undefined) multiply(machine, machine.sheets, a, b, attrs, problem, out);
  },
};

/** Texels along the inner axis, blocks of eight rows, and texels of columns. */
function sizesOf({ m, n, k }: MatmulProblem): { readonly steps: number; readonly blocks: number; readonly columns: number } {
  return { steps: Math.ceil(k / 4), blocks: Math.ceil(m / 8), columns: Math.ceil(n / 4) };
}

function multiply(
  machine: Machine,
  sheets: Sheets,
  a: Operand,
  b: Operand,
  { transposeA, transposeB }: KernelAttrs['matmul'],
  problem: MatmulProblem,
  out: Operand,
): void {
  const { count, m, n, k, strideA, strideB } = problem;
  const { steps, blocks, columns } = sizesOf(problem);
  const rows = sheets.take(steps, count * blocks * 8);
  layOut(machine, a, { padded: blocks * 8, height: m, width: k, skip: strideA * m * k, isTransposed: transposeA }, rows);
  const terms = sheets.take(columns, count * steps * 4);
  layOut(machine, b, { padded: steps * 4, height: k, width: n, skip: strideB * k * n, isTransposed: transposeB }, terms);
  const products = sheets.take(columns, count * blocks, 8);
  machine.launch(product, [rows, terms], products, { ints: [steps, blocks] });
  machine.launch(n % 4 === 0 ? gatherTexels : gatherElements, [products], out, { ints: [m, n, blocks] });
}

/** Matrices as they lie in a flat buffer, `skip` elements apart, and the rows that each gets in a sheet. */
interface Matrices {
  readonly padded: number;
  readonly height: number;
  readonly width: number;
  readonly skip: number;
  readonly isTransposed: boolean;
}

/** Lays matrices out in a sheet, one below the other, with zeros around them. */
function layOut(machine: Machine, x: Operand, { padded, height, width, skip, isTransposed }: Matrices, sheet: Sheet): void {
  const isTexels = !isTransposed && width % 4 === 0;
  const strides = isTransposed ? [1, height] : [width, 1];
  machine.launch(isTexels ? layOutTexels : layOutElements, [x], sheet, { ints: [padded, height, width, skip, ...strides] });
}

const layOutInts = ['padded', 'height', 'width', 'skip', 'down', 'across'];
const place = `
  ivec2 at = ivec2(gl_FragCoord.xy);
  int matrix = at.y / user_padded;
  int row = at.y - matrix * user_padded;
  int column = at.x * 4;
  int i = matrix * user_skip + row * user_down + column * user_across;
  if (row >= user_height) { return vec4(0.0); }`;

const layOutTexels: Program = sheetProgram('lay out texels', () => ({
  buffers: ['x'],
  ints: layOutInts,
  body: `${place} return ${glsl.texel('x', 'i >> 2')};`,
}));

const layOutElements: Program = sheetProgram('lay out elements', () => ({
  buffers: ['x'],
  ints: layOutInts,
  elementsOf: ['x'],
  body: `${place}
  vec4 v = vec4(0.0);
  ${unrolled(4, (l) => `if (column + ${l} < user_width) { v[${l}] = atx(i + ${l} * user_across); }`)}
  return v;`,
}));

/** Layer $l$ of the products holds rows $8 i + l$. Coordinates are floats, and fetches `texture`: what adapters do best. */
const product: Program = sheetProgram('sheet product', () => ({
  buffers: ['a', 'b'],
  ints: ['steps', 'blocks'],
  layers: 8,
  body: `
  vec2 pa = 1.0 / vec2(textureSize(user_a, 0));
  vec2 pb = 1.0 / vec2(textureSize(user_b, 0));
  float matrix = floor(gl_FragCoord.y / float(user_blocks));
  float row = (gl_FragCoord.y - 0.5) * 8.0 + 0.5;
  float term = matrix * float(user_steps) * 4.0 + 0.5;
  float column = gl_FragCoord.x * pb.x;
  ${beginSums(8)}
  for (int i = 0; i < user_steps; i++) {
    float u = (float(i) + 0.5) * pa.x;
    ${unrolled(4, (j) => `vec4 b${j} = texture(user_b, vec2(column, (term + ${j}.0) * pb.y));`)}
    ${unrolled(8, (r) => `vec4 a${r} = texture(user_a, vec2(u, (row + ${r}.0) * pa.y)); s${r} += ${lane.map((part, j) => `a${r}.${part} * b${j}`).join(' + ')};`)}
    term += 4.0;
  }
  ${endSums(8)}`,
}));

const gatherInts = ['m', 'n', 'blocks'];
/** Where row `row` of all matrices begins, as texel and layer. */
const split = `
    int matrix = row / user_m;
    int own = row - matrix * user_m;
    ivec3 at = ivec3(column >> 2, matrix * user_blocks + (own >> 3), own & 7);`;

const gatherTexels: Program = sheetProgram('gather texels', () => ({
  buffers: ['x'],
  layered: ['x'],
  ints: gatherInts,
  body: `
    int i = ${glsl.thread} * 4;
    int row = i / user_n;
    int column = i - row * user_n;
    ${split}
    return texelFetch(user_x, at, 0);`,
}));

const gatherElements: Program = sheetProgram('gather elements', () => ({
  buffers: ['x'],
  layered: ['x'],
  ints: gatherInts,
  body: `
  vec4 v;
  for (int l = 0; l < 4; l++) {
    int i = ${glsl.thread} * 4 + l;
    int row = i / user_n;
    int column = i - row * user_n;
    ${split}
    v[l] = texelFetch(user_x, at, 0)[column & 3];
  }
  return v;`,
}));
