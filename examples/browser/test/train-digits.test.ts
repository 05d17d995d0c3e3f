import { lenet5 } from '@dl/models';
import { manualSeed } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import type { Round } from '../src/messages.ts';
import { trainDigits } from '../src/worker/train-digits.ts';

async function train(seed: number, steps: number, stopAt = Infinity): Promise<Round[]> {
  manualSeed(seed);
  const rounds: Round[] = [];
  await trainDigits(
    lenet5(),
    { seed, steps },
    { onStep: (step, stop) => step >= stopAt && stop(), onRound: (round) => rounds.push(round) },
  );
  return rounds;
}

describe('trainDigits', () => {
  it('reports each ten steps, the same for the same seed', async () => {
    const figures = (rounds: readonly Round[]) => rounds.map(({ step, loss, accuracy }) => ({ step, loss, accuracy }));
    const first = figures(await train(1, 20));
    expect(first.map(({ step }) => step)).toEqual([10, 20]);
    expect(first[1].loss.heldOut).toBeLessThan(first[0].loss.heldOut);
    expect(figures(await train(1, 20))).toEqual(first);
    expect(figures(await train(2, 20))).not.toEqual(first);
  });

  it('stops after the step at which it is told to, and says how good the network is then', async () => {
    const rounds = await train(1, 50, 13);
    expect(rounds.map(({ step }) => step)).toEqual([10, 13]);
    expect(rounds[1].accuracy.heldOut).toBeGreaterThan(0.1);
  });
});
