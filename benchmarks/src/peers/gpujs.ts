import { GPU, type IKernelRunShortcut, Input } from 'gpu.js';
import { batched, type Entrant } from '../contestant.ts';
import { sizeOf, values } from '../values.ts';
import { readOnePixel } from './read-one-pixel.ts';

/** What gpu.js executes with. */
export type GpujsMode = 'webgpu' | 'webgl2';

/** A kernel as one writes it first: a thread for each element of the result. */
export interface PlainKernel {
  /** JavaScript that gpu.js translates. */
  readonly source: string;
  readonly constants: { readonly [name: string]: number };
  readonly inputs: readonly { readonly shape: readonly number[]; readonly seed: number }[];
  readonly outputShape: readonly number[];
}

/** What stays on the GPU: a texture, or a buffer of WebGPU. */
type Handle =
  | { readonly context: WebGL2RenderingContext; readonly texture: WebGLTexture; toArray(): Nested; delete(): void }
  | { readonly context: { readonly device: GPUDevice }; toArray(): Promise<Nested>; delete(): void };
type Nested = Float32Array | readonly Nested[];

const instances = new Map<GpujsMode, GPU>();

/** gpu.js with a plain kernel, its inputs on the GPU: shows what a backend gains by its own way of writing kernels. */
export function gpujs(mode: GpujsMode, { source, constants, inputs, outputShape }: PlainKernel): Entrant {
  return {
    name: `gpu.js ${mode}, plain kernel`,
    enter: async () => {
      const gpu = instances.get(mode) ?? new GPU({ mode });
      instances.set(mode, gpu);
      const kernel = (text: string, shape: readonly number[]): IKernelRunShortcut =>
        gpu.createKernel(text, {
          output: shape.toReversed(),
          constants,
          pipeline: true,
          immutable: true,
          precision: 'single',
          tactic: 'precision',
          loopMaxIterations: 2 ** 24,
        } as object);
      const call = (run: IKernelRunShortcut, ...args: readonly (Handle | Input)[]) => run(...(args as never[])) as unknown;
      const uploads = inputs.map(({ shape }) => kernel(copies[shape.length], shape));
      const held: Handle[] = [];
      for (const [i, { shape, seed }] of inputs.entries()) {
        // It takes typed arrays as well as the numbers that its types ask for.
        const host = Reflect.construct(Input, [values(sizeOf(shape), seed), shape.toReversed()]);
        held.push((await call(uploads[i], host)) as Handle);
      }
      const run = kernel(source, outputShape);
      return batched<Handle | Promise<Handle>>({
        produce: () => call(run, ...held) as Handle | Promise<Handle>,
        wait: (last) =>
          'texture' in last ? readOnePixel(last.context, last.texture) : last.context.device.queue.onSubmittedWorkDone(),
        free: (output) => output.delete(),
        read: async (output) => flat(await output.toArray()),
        dispose: () => {
          for (const handle of held) handle.delete();
          for (const made of [...uploads, run]) made.destroy();
        },
      });
    },
  };
}

/** Kernels that copy an input of two or three dimensions to the GPU. */
const copies: { readonly [dimensions: number]: string } = {
  2: 'function (a) { return a[this.thread.y][this.thread.x]; }',
  3: 'function (a) { return a[this.thread.z][this.thread.y][this.thread.x]; }',
};

function flat(nested: Nested): number[] {
  return nested instanceof Float32Array ? Array.from(nested) : nested.flatMap(flat);
}
