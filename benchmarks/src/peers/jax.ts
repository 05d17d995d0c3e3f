import { defaultDevice, init, numpy } from '@jax-js/jax';
import { asynchronous, type Contestant, type Entrant } from '../contestant.ts';
import { sizeOf, values } from '../values.ts';

/** What jax-js is to do: arrays that stay, and a function on them that owns its arguments. */
export interface JaxWork {
  readonly inputs: readonly numpy.Array[];
  produce(): numpy.Array;
}

/** jax-js on its WebAssembly backend, waiting for each result as its calls are lazy. It has one thread in Node: its workers need a browser's. */
export function jax(threads: number, build: () => JaxWork): Entrant {
  return jaxEntrant(threads, () => {
    const { inputs, produce } = build();
    return asynchronous({
      produce: async () => {
        const output = produce();
        await output.blockUntilReady();
        return output;
      },
      free: (output) => output.dispose(),
      read: (output) => output.ref.data(),
      dispose: () => {
        for (const input of inputs) input.dispose();
      },
    });
  });
}

/** As {@link jax}, for a contestant of any making. */
export function jaxEntrant(threads: number, build: () => Contestant): Entrant {
  return {
    name: 'jax-js',
    enter: async () => {
      if (threads > 1) throw new Error('runs on one thread in Node: see the rows of 1 thread');
      await init('wasm');
      defaultDevice('wasm');
      return build();
    },
  };
}

/** An array of the values that all sides compute with. */
export function jaxArray(shape: readonly number[], seed: number, low?: number, high?: number): numpy.Array {
  return numpy.array(values(sizeOf(shape), seed, low, high)).reshape([...shape]);
}
