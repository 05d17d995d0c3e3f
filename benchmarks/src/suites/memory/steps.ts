import type { Backend } from '@dl/kernels';
import { mlp } from '@dl/models';
import type { Held, Memory, StepsReport } from './memory.ts';

// Started by memory.ts in a process of its own, as `steps.ts <side> <steps>`; loads the code of that side alone.

interface Side {
  run(iterations: number): Promise<number>;
  held(): Memory;
}

const batch = 64;
const [side, count] = [process.argv[2], Number(process.argv[3])];
const sides: { readonly [name: string]: () => Promise<Side> } = {
  ours,
  tfjs,
};

async function ours(): Promise<Side> {
  const { ownBackend } = await import('../../own.ts');
  const { ownTraining } = await import('../train/own-training.ts');
  const { imageBatch } = await import('../train/image-batch.ts');
  const backend = await ownBackend(1);
  const images = (on: Backend) => imageBatch(on, [batch, 1, 28, 28]);
  const contestant = await ownTraining(backend, () => mlp([784, 64, 10]), images);
  return {
    run: contestant.run,
    held: () => {
      const { bytes, buffers, peakBytes, reservedBytes } = backend.stats();
      return { bytes, tensors: buffers, peakBytes, reservedBytes };
    },
  };
}

async function tfjs(): Promise<Side> {
  const tf = await import('@tensorflow/tfjs-core');
  const { tfjsMlp } = await import('../train/tfjs-training.ts');
  const { startingValues } = await import('../train/starting-values.ts');
  const contestant = await tfjsMlp('wasm', 1, batch, startingValues(mlp([784, 64, 10]))).enter();
  return {
    run: contestant.run,
    held: () => ({ bytes: tf.memory().numBytes, tensors: tf.memory().numTensors }),
  };
}

const { run, held } = await sides[side]();
const early = Math.min(100, count >> 1);
const begun = performance.now();
await run(early);
const soon: Held = held();
await run(count - early);
const ms = performance.now() - begun;
const report: StepsReport = { ms, soon, atEnd: held(), peakRssBytes: process.resourceUsage().maxRSS * 1024 };
process.send?.(report);
process.disconnect?.();
