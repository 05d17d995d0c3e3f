import { type Backend, DlError, type KernelInput, type Shape, type TensorSpec } from '@dl/kernels';
import type { CreateGpu } from './gpu-package.ts';

/** What {@link chooseBackend} chooses among, and its clock. */
export interface Contest {
  readonly loadGpu: () => Promise<CreateGpu>;
  readonly createWasm: (options: { readonly refused?: readonly string[] }) => Backend;
  /** Milliseconds. */
  readonly now: () => number;
}

/** In the order of preference: the first to beat WebAssembly is taken. */
const modes = ['webgpu', 'webgl2'] as const;

/**
 * The first GPU that is one, and computes a small convolution faster than WebAssembly does; else WebAssembly. `info().refused` of the
 * backend says what was not taken and why.
 */
export async function chooseBackend(contest: Contest): Promise<Backend> {
  const refused: string[] = [];
  try {
    const createGpu = await contest.loadGpu();
    for (const mode of modes) {
      const result = await tryGpu(() => createGpu({ mode, refused: [...refused] }), contest);
      if (typeof result !== 'string') return result;
      refused.push(`${mode}: ${result}`);
    }
  } catch (error) {
    refused.push(`gpu: ${reasonOf(error)}`);
  }
  return contest.createWasm({ refused });
}

/** The backend that `create` makes, or why it is not taken. */
async function tryGpu(create: () => Promise<Backend>, contest: Contest): Promise<Backend | string> {
  let gpu: Backend | undefined;
  let reason: string | undefined;
  try {
    gpu = await create();
    reason = await reasonAgainst(gpu, contest);
    if (reason === undefined) return gpu;
  } catch (error) {
    reason = reasonOf(error);
  }
  gpu?.dispose();
  return reason;
}

async function reasonAgainst(gpu: Backend, { createWasm, now }: Contest): Promise<string | undefined> {
  const { software = false, adapter = 'unnamed' } = gpu.info();
  if (software) return `software adapter (${adapter})`;
  const wasm = createWasm({});
  try {
    const [ofGpu, ofWasm] = await race(gpu, wasm, now);
    return ofGpu < ofWasm ? undefined : `${ofGpu.toFixed(2)} ms for a convolution, wasm took ${ofWasm.toFixed(2)} ms`;
  } finally {
    wasm.dispose();
  }
}

/** Of a batch: a step of training runs many kernels too, and waits for a GPU once. */
const convolutions = 10;
const batches = 5;

/** Milliseconds for one convolution: the best of several batches, in turns, after one in which kernels compile and threads start. */
async function race(a: Backend, b: Backend, now: () => number): Promise<readonly [number, number]> {
  await runBatch(a);
  await runBatch(b);
  let [best, other] = [Infinity, Infinity];
  for (let i = 0; i < batches; i++) {
    best = Math.min(best, await timed(() => runBatch(a), now));
    other = Math.min(other, await timed(() => runBatch(b), now));
  }
  return [best / convolutions, other / convolutions];
}

async function timed(run: () => Promise<void>, now: () => number): Promise<number> {
  const start = now();
  await run();
  return now() - start;
}

const outSpec: TensorSpec = { shape: [8, 32, 32, 32], dtype: 'float32' };

/** 3 × 3, 16 to 32 channels: as in the first layers of a network for small images. */
async function runBatch(backend: Backend): Promise<void> {
  const inputs = [ones(backend, [8, 16, 32, 32]), ones(backend, [32, 16, 3, 3])];
  const attrs = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 } as const;
  for (let i = 0; i < convolutions; i++) backend.release(backend.run('conv2d', inputs, attrs, outSpec));
  await backend.sync();
  for (const { buffer } of inputs) backend.release(buffer);
}

function ones(backend: Backend, shape: Shape): KernelInput {
  const spec = { shape, dtype: 'float32' } as const;
  return { ...spec, buffer: backend.run('fill', [], { value: 1 }, spec) };
}

/** The message of an error, without the op that a reader of `info()` did not call. */
function reasonOf(error: unknown): string {
  if (error instanceof DlError) return error.message.replace(`${error.op}: `, '');
  return error instanceof Error ? error.message : String(error);
}
