import { sample } from './agreement.ts';

/** One side of a comparison. */
export interface Contestant {
  /** Runs the work `iterations` times and resolves to the milliseconds that one took. */
  run(iterations: number): Promise<number>;
  /** A sample of what the work gives, to hold against the others'. Asked for once, before the first `run`. */
  result(): Promise<readonly number[]>;
  dispose?(): unknown;
}

/** Somebody who may take part: `enter` throws, or rejects, when it cannot do the work. */
export interface Entrant {
  readonly name: string;
  enter(): Contestant | Promise<Contestant>;
}

/** Work that gives a result to be freed. `O` is what a library calls its tensors. */
export interface Work<O> {
  produce(): O;
  free(output: Awaited<O>): void;
  read(output: Awaited<O>): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Frees what `produce` works on. */
  dispose?(): unknown;
}

/** A contestant whose `produce` returns when the work is done. */
export function synchronous<O>(work: Work<O> & { free(output: O): void; read(output: O): unknown }): Contestant {
  return {
    async run(iterations) {
      const start = performance.now();
      for (let i = 0; i < iterations; i++) work.free(work.produce());
      return (performance.now() - start) / iterations;
    },
    ...whole(work),
  };
}

/** A contestant whose `produce` may return before a device has done the work: a turn ends with waiting for the last of its results. */
export function batched<O>(work: Work<O> & { wait(last: Awaited<O>): unknown }): Contestant {
  return {
    async run(iterations) {
      const start = performance.now();
      for (let i = 1; i < iterations; i++) {
        const output = work.produce();
        work.free((output instanceof Promise ? await output : output) as Awaited<O>);
      }
      const last = await work.produce();
      await work.wait(last);
      const ms = performance.now() - start;
      work.free(last);
      return ms / iterations;
    },
    ...whole(work),
  };
}

/** A contestant whose `produce` resolves when the work is done. */
export function asynchronous<O>(work: Work<Promise<O>>): Contestant {
  return {
    async run(iterations) {
      const start = performance.now();
      for (let i = 0; i < iterations; i++) work.free(await work.produce());
      return (performance.now() - start) / iterations;
    },
    ...whole(work),
  };
}

function whole<O>(work: Work<O>): Omit<Contestant, 'run'> {
  return {
    async result() {
      const output = await work.produce();
      const values = sample(await work.read(output));
      work.free(output);
      return values;
    },
    dispose: () => work.dispose?.(),
  };
}

/** A contestant that trains: each step gives its loss; the result is the losses of the first three. */
export function steps<L>(
  step: () => L,
  free: (loss: L) => void,
  read: (loss: L) => Promise<number>,
  dispose?: () => unknown,
): Contestant {
  const { run } = synchronous({ produce: step, free, read: () => [] });
  return { run, result: () => losses(step, free, read), ...(dispose && { dispose }) };
}

/** As {@link steps}, of steps that resolve when they are done. */
export function asyncSteps<L>(
  step: () => Promise<L>,
  free: (loss: L) => void,
  read: (loss: L) => Promise<number>,
  dispose?: () => unknown,
): Contestant {
  const { run } = asynchronous({ produce: step, free: (loss: L) => free(loss), read: () => [] });
  return { run, result: () => losses(step, free, read), ...(dispose && { dispose }) };
}

/** As {@link steps}, with each loss read before the next step, which waits for a device. */
export function stepsRead<L>(
  step: () => L | Promise<L>,
  free: (loss: L) => void,
  read: (loss: L) => Promise<number>,
  dispose?: () => unknown,
): Contestant {
  const produce = async () => {
    const loss = await step();
    await read(loss);
    return loss;
  };
  return asyncSteps(produce, free, read, dispose);
}

async function losses<L>(
  step: () => L | Promise<L>,
  free: (loss: L) => void,
  read: (loss: L) => Promise<number>,
): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < 3; i++) {
    const loss = await step();
    found.push(await read(loss));
    free(loss);
  }
  return found;
}
