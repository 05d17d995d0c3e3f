import type { Backend } from '@dl/kernels';
import { lenet5, mlp, resnet20 } from '@dl/models';
import type { Held, Memory, StepsReport } from './memory.ts';

// Started by memory.ts in a process of its own, as `steps.ts <side> <steps> <model>`; loads the code of that side alone.

interface Side {
  run(iterations: number): Promise<number>;
  held(): Memory;
}

const batch = 64;
const [side, count, name] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const sides: { readonly [name: string]: () => Promise<Side> } = {
  ours,
  tfjs,
};

async function ours(): Promise<Side> {
  const { ownBackend } = await import('../../own.ts');
  const { ownTraining } = await import('../train/own-training.ts');
  const { imageBatch } = await import('../train/image-batch.ts');
  const { characterBatch } = await import('../train/character-batch.ts');
  const { CharacterModel } = await import('../train/character-model.ts');
  const images = (shape: readonly number[]) => (on: Backend) => imageBatch(on, [batch, ...shape]);
  const models = {
    mlp: [() => mlp([784, 64, 10]), images([1, 28, 28])],
    lenet5: [lenet5, images([1, 28, 28])],
    resnet20: [resnet20, images([3, 32, 32])],
    lstm: [() => new CharacterModel(), (on: Backend) => characterBatch(on, 64, 32)],
  } as const;
  const [model, data] = models[name as keyof typeof models];
  const backend = await ownBackend(1);
  const contestant = await ownTraining(backend, model, data);
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
