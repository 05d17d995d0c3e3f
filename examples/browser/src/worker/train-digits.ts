import { DataLoader, drawnDigits } from '@dl/data';
import { crossEntropy, type Layer } from '@dl/layers';
import { Adam, CosineAnnealingLR } from '@dl/optim';
import { Accuracy, type EpochEvent, fit } from '@dl/train';
import type { Round, TrainingPlan } from '../messages.ts';
import { rounds } from './rounds.ts';

/** Who looks on, and may end the training. */
export interface Onlooker {
  onStep(step: number, stop: () => void): void;
  onRound(round: Round): void;
}

/** Steps between two looks at the held-out digits. */
const roundLength = 10;

const batchSize = 128;
const heldOutSize = 1000;

/** Trains `model` on digits drawn by the computer. Those that it is followed by are drawn from another seed. */
export async function trainDigits(
  model: Layer,
  { seed, steps }: Omit<TrainingPlan, 'backend'>,
  onlooker: Onlooker,
): Promise<void> {
  const digits = new DataLoader(drawnDigits({ size: 20_000, seed }), { batchSize, shuffle: true, seed });
  const heldOut = new DataLoader(drawnDigits({ size: heldOutSize, seed: seed + 1 }), { batchSize: heldOutSize });
  const epochs = Math.ceil(steps / roundLength);
  const optimizer = new Adam(model.parameters(), { lr: 8e-3 });
  await fit({
    model,
    loss: crossEntropy,
    optimizer,
    schedule: new CosineAnnealingLR(optimizer, { tMax: epochs }),
    train: rounds(digits, roundLength),
    validation: heldOut,
    epochs,
    metrics: { accuracy: new Accuracy() },
    callbacks: [
      {
        onStep: ({ epoch, step, stop }) => onlooker.onStep((epoch - 1) * roundLength + step, stop),
        onEpochEnd: (event) => onlooker.onRound(roundOf(event)),
      },
    ],
  });
}

function roundOf({ epoch, steps, seconds, train, validation = train }: EpochEvent): Round {
  return {
    step: (epoch - 1) * roundLength + steps,
    loss: { training: train.loss, heldOut: validation.loss },
    accuracy: { training: train.metrics.accuracy, heldOut: validation.metrics.accuracy },
    stepsPerSecond: steps / seconds,
  };
}
