import { defaultDevice, getWebGPUDevice, init, numpy } from '@jax-js/jax';
import { asynchronous, batched, type Contestant, type Entrant } from '../contestant.ts';
import { sizeOf, values } from '../values.ts';

/** What jax-js is to do: arrays that stay, and a function on them that owns its arguments. */
export interface JaxWork {
  readonly inputs: readonly numpy.Array[];
  produce(): numpy.Array;
}

/** Where jax-js computes. */
export type JaxDevice = 'wasm' | 'webgpu';

/** jax-js, whose calls are lazy: each result is asked for. On WebAssembly it has one thread in Node: its workers need a browser's. */
export function jax(device: JaxDevice, threads: number, build: () => JaxWork): Entrant {
  return jaxEntrant(device, threads, () => {
    const { inputs, produce } = build();
    const rest = {
      free: (output: numpy.Array) => output.dispose(),
      read: (output: numpy.Array) => output.ref.data(),
      dispose: () => {
        for (const input of inputs) input.dispose();
      },
    };
    return device === 'webgpu' ? dispatching(produce, rest) : waiting(produce, rest);
  });
}

type Rest = Pick<Parameters<typeof asynchronous<numpy.Array>>[0], 'free' | 'read' | 'dispose'>;

function waiting(produce: () => numpy.Array, rest: Rest): Contestant {
  return asynchronous({
    produce: async () => {
      const output = produce();
      await output.blockUntilReady();
      return output;
    },
    ...rest,
  });
}

/** Hands all work of a turn to the GPU before it waits, as waiting for each result costs a copy and a mapping. */
function dispatching(produce: () => numpy.Array, rest: Rest): Contestant {
  return batched<numpy.Array>({
    produce: () => {
      const output = produce();
      // The one call that dispatches and does not wait; it owns its argument.
      output.ref.gpuBufferSync();
      return output;
    },
    wait: () => getWebGPUDevice().queue.onSubmittedWorkDone(),
    ...rest,
  });
}

/** As {@link jax}, for a contestant of any making. */
export function jaxEntrant(device: JaxDevice, threads: number, build: () => Contestant): Entrant {
  return {
    name: device === 'wasm' ? 'jax-js' : `jax-js ${device}`,
    enter: async () => {
      if (threads > 1) throw new Error('runs on one thread in Node: see the rows of 1 thread');
      const devices = await init(device);
      if (!devices.includes(device)) throw new Error(`has no ${device} here`);
      defaultDevice(device);
      return build();
    },
  };
}

/** An array of the values that all sides compute with. */
export function jaxArray(shape: readonly number[], seed: number, low?: number, high?: number): numpy.Array {
  return numpy.array(values(sizeOf(shape), seed, low, high)).reshape([...shape]);
}
