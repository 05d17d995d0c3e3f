import { DataLoader } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { BatchNorm1d, crossEntropy, Dropout, Linear, Sequential, stateDict } from '@dl/layers';
import { Adam } from '@dl/optim';
import { currentBackend, defaultRng, manualSeed } from '@dl/tensor';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type LabelledBatch, type ThroughputOptions, throughput, throughputText } from '../src/index.ts';
import { blobs } from './blobs.ts';

const model = (): Sequential => new Sequential(new Linear(2, 8), new BatchNorm1d(8), new Dropout(0.5), new Linear(8, 3));

let clock = 0;
vi.spyOn(performance, 'now').mockImplementation(() => clock);

afterAll(() => vi.restoreAllMocks());

/** Four batches, of 8, 8, 8 and 6 samples, each of which takes 4 ms of a clock that nothing else moves. */
class Slow {
  readonly length = 4;
  taken = 0;

  async *[Symbol.asyncIterator](): AsyncGenerator<LabelledBatch> {
    for await (const batch of new DataLoader(blobs(30, 1), { batchSize: 8 })) {
      this.taken++;
      clock += 4;
      yield batch;
    }
  }
}

const measure = (options: Partial<ThroughputOptions> = {}): ReturnType<typeof throughput> =>
  throughput({ loss: crossEntropy, train: new Slow(), ...options, model: options.model ?? model() });

describe('throughput', () => {
  it('counts what steps take, the loader included, after the warm-up', async () => {
    const train = new Slow();
    const measured = await measure({ train, warmUp: 2, steps: 8 });
    expect(train.taken).toBe(10);
    expect(measured).toMatchObject({ steps: 8, samplesPerStep: 7.5, samples: 30, epochs: 1, backend: currentBackend().info() });
    expect(measured.samplesPerSecond).toBeCloseTo(60 / 0.032, 6);
    // Of 8 and 6, 8, 8 and 8, 6, 8 and 8 samples.
    expect([measured.slowest, measured.fastest]).toEqual([1500, 2000]);
  });

  it('estimates the time of a training', async () => {
    const { secondsPerEpoch, hours } = await measure({ warmUp: 0, steps: 1, samples: 36_000, epochs: 50 });
    expect(secondsPerEpoch).toBeCloseTo(18, 9);
    expect(hours).toBeCloseTo(0.25, 9);
  });

  it('leaves the model and the default generator as they were', async () => {
    manualSeed(1);
    const measured = model();
    const read = (): Promise<unknown[]> => Promise.all([...stateDict(measured).values()].map((parameter) => parameter.data()));
    const [before, rng] = [await read(), defaultRng().state()];
    await measure({ model: measured, steps: 3, optimizer: (parameters) => new Adam(parameters, { lr: 1 }) });
    expect(await read()).toEqual(before);
    expect(defaultRng().state()).toEqual(rng);
  });

  it('says it in words', async () => {
    const measured = { ...(await measure({ warmUp: 0, steps: 2 })), samplesPerSecond: 1234.5, slowest: 1000, fastest: 1300 };
    const [speed, estimate] = throughputText({ ...measured, samples: 5000, secondsPerEpoch: 75, hours: 75 / 3600 }).split('\n');
    expect(speed).toMatch(/^1,235 samples\/s \(1,000 to 1,300\) in 2 steps of 8, on \w+: \S+, \d+ threads?/);
    expect(estimate).toBe('5,000 samples: 1:15 an epoch; 1 epoch: 1:15 of training, without evaluations');
  });

  it('refuses what it cannot measure', async () => {
    await expect(measure({ steps: 0 })).rejects.toThrow('throughput: steps must be a positive integer, got 0');
    await expect(measure({ warmUp: -1 })).rejects.toThrow(ArgumentError);
    const empty = { length: 0, async *[Symbol.asyncIterator](): AsyncGenerator<LabelledBatch> {} };
    await expect(measure({ train: empty })).rejects.toThrow('throughput: batches of train must be a positive integer, got 0');
  });
});
