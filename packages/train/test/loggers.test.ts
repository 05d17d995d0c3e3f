import { appendFile, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLoader } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { crossEntropy, Linear, ReLU, Sequential } from '@dl/layers';
import { SGD } from '@dl/optim';
import { currentBackend, manualSeed } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Accuracy,
  type Callback,
  csvLog,
  decodeCheckpoint,
  encodeCheckpoint,
  fit,
  type HistogramsCallback,
  histogramOf,
  histograms,
  jsonLog,
  readEvents,
  type SummaryValue,
  type TrainingState,
  tensorBoard,
} from '../src/index.ts';
import { blobs } from './blobs.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'dl-loggers-'));

interface Part {
  readonly callbacks: readonly Callback[];
  readonly resume?: TrainingState;
  /** After which step the power goes. */
  readonly until?: number;
}

/** Three epochs of four steps, or a part of them; returns the state before the crash. */
async function train({ callbacks, resume, until }: Part): Promise<TrainingState | undefined> {
  manualSeed(1);
  const model = new Sequential({ first: new Linear(2, 4), relu: new ReLU(), last: new Linear(4, 3) });
  let state: TrainingState | undefined;
  let capture: (() => Promise<TrainingState>) | undefined;
  const crash: Callback = {
    onFitStart: (start) => {
      capture = () => start.state();
    },
    onPause: async ({ after, globalStep }) => {
      if (after === 'step' && globalStep === until && capture)
        state = await decodeCheckpoint(await encodeCheckpoint(await capture()));
    },
    onStep: ({ globalStep }) => {
      if (until !== undefined && globalStep === until + 2) throw new Error('power cut');
    },
  };
  const training = fit({
    model,
    loss: crossEntropy,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    train: new DataLoader(blobs(30, 1), { batchSize: 8, shuffle: true, seed: 1 }),
    validation: new DataLoader(blobs(12, 2), { batchSize: 12 }),
    epochs: 3,
    metrics: { accuracy: new Accuracy() },
    callbacks: [...callbacks, crash],
    ...(resume === undefined ? {} : { resume }),
  });
  if (until === undefined) await training;
  else await expect(training).rejects.toThrow('power cut');
  return state;
}

/** The same with a crash two steps after `step`, resumed from there with new callbacks. */
async function interrupted(step: number, callbacks: () => readonly Callback[], meanwhile: () => Promise<void>): Promise<void> {
  const resume = await train({ callbacks: callbacks(), until: step });
  await meanwhile();
  if (resume === undefined) throw new Error('no state was captured');
  await train({ callbacks: callbacks(), resume });
}

/** Without what a clock says. */
const timeless = (text: string): string =>
  text.replaceAll(/("seconds":)[\d.e-]+/g, '$1*').replaceAll(/^((?:[^,]*,){4})[\d.]+/gm, '$1*');

describe('csvLog', () => {
  it('writes a header and a row an epoch', async () => {
    const path = join(await folder(), 'run', 'history.csv');
    await train({ callbacks: [csvLog(path)] });
    const [header, ...rows] = (await readFile(path, 'utf8')).split('\n');
    expect(header).toBe('epoch,lr,steps,samples,seconds,loss,accuracy,validation_loss,validation_accuracy');
    expect(rows.map((row) => row.split(',').length)).toEqual([9, 9, 9, 1]);
    expect(rows[2]).toMatch(/^3,0\.1,4,30,/);
    expect(rows.slice(0, 3).every((row) => row.split(',').every((cell) => Number.isFinite(Number(cell))))).toBe(true);
  });

  it('begins anew with a new run, and says what a run that resumes may not change', async () => {
    const path = join(await folder(), 'history.csv');
    await writeFile(path, 'epoch,other\n1,2\n2,3\n');
    const state = await train({ callbacks: [csvLog(path)], until: 6 });
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    await writeFile(path, 'epoch,other\n1,2\n');
    const resumed = train({ callbacks: [csvLog(path)], resume: state! });
    await expect(resumed).rejects.toThrow('csvLog: rows must have the columns of the file, got epoch,lr,steps');
  });

  it('quotes names as RFC 4180 says', async () => {
    const path = join(await folder(), 'history.csv');
    const callback = csvLog(path);
    const figures = { loss: 1, metrics: { 'top "5", of all': 2, 'a\nb': Number.NaN } };
    await callback.onFitStart!({ epoch: 1 } as Parameters<NonNullable<Callback['onFitStart']>>[0]);
    const epoch = { epoch: 1, epochs: 1, lr: 1, steps: 1, samples: 1, seconds: 1, train: figures, validation: undefined };
    await callback.onEpochEnd!({ ...epoch, stop: () => {} });
    const text = 'epoch,lr,steps,samples,seconds,loss,"top ""5"", of all",a b\n1,1,1,1,1,1,2,NaN\n';
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});

describe('jsonLog', () => {
  it('writes an object an epoch, and one every so many steps', async () => {
    const path = join(await folder(), 'metrics.jsonl');
    await train({ callbacks: [jsonLog(path, { everySteps: 3 })] });
    const lines = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind, globalStep, epoch }) => (kind === 'step' ? globalStep : `epoch ${epoch}`))).toEqual([
      3,
      'epoch 1',
      6,
      'epoch 2',
      9,
      12,
      'epoch 3',
    ]);
    expect(lines[0]).toMatchObject({ epoch: 1, step: 3, lr: 0.1, samples: 24, metrics: { accuracy: expect.any(Number) } });
    expect(lines[1]).toMatchObject({ steps: 4, samples: 30, train: { loss: expect.any(Number) }, validation: { metrics: {} } });
    expect(() => jsonLog(path, { everySteps: 0 })).toThrow(ArgumentError);
  });
});

describe('tensorBoard', () => {
  it('writes losses, metrics, rates and histograms', async () => {
    const directory = await folder();
    await train({ callbacks: [tensorBoard(directory, { everySteps: 2, histograms: 2 })] });
    const events = await eventsIn(directory);
    const tags = (at: number): string[] =>
      events.filter(({ step }) => step === at).flatMap(({ values }) => values.map(({ tag }) => tag));
    expect(tags(2)).toEqual(['loss/step', 'lr/step']);
    const ofEpoch = ['loss/train', 'accuracy/train', 'loss/validation', 'accuracy/validation', 'epoch', 'lr/epoch'];
    expect(tags(4)).toEqual(['loss/step', 'lr/step', ...ofEpoch, 'throughput/samplesPerSecond']);
    const names = ['first.weight', 'first.bias', 'last.weight', 'last.bias'];
    const parameters = ['weights', 'gradients'].flatMap((of) => names.map((name) => `${of}/${name}`));
    expect(tags(8).filter((tag) => /weights|gradients/.test(tag))).toEqual(parameters);
    const bias = events.flatMap(({ values }) => values).find(({ tag }) => tag === 'gradients/last.bias');
    expect(bias).toMatchObject({ kind: 'histogram', histogram: { count: 3 } });
  });

  it('writes the mean loss of the steps since the last, which make up that of the epoch', async () => {
    const directory = await folder();
    await train({ callbacks: [tensorBoard(directory, { everySteps: 1 })] });
    const scalars = (await eventsIn(directory)).flatMap(({ values }) => values);
    const of = (tag: string): number[] =>
      scalars.flatMap((value) => (value.kind === 'scalar' && value.tag === tag ? [value.value] : []));
    const weights = [8, 8, 8, 6];
    for (const [i, mean] of of('loss/train').entries()) {
      const steps = of('loss/step').slice(4 * i, 4 * i + 4);
      expect(steps.reduce((sum, loss, k) => sum + loss * weights[k], 0) / 30).toBeCloseTo(mean, 5);
      expect(new Set(steps).size).toBe(4);
    }
  });
});

describe('a run that resumes', () => {
  // In the middle of an epoch, before its validation, and between two.
  it.each([3, 4, 6, 8])('goes on in its logs as if nothing had been: after step %i', async (step) => {
    const [whole, parts] = [await folder(), await folder()];
    const callbacks = (directory: string): Callback[] => [
      csvLog(join(directory, 'history.csv')),
      jsonLog(join(directory, 'metrics.jsonl'), { everySteps: 1 }),
      tensorBoard(join(directory, 'board'), { everySteps: 2, histograms: 1 }),
    ];
    await train({ callbacks: callbacks(whole) });
    await interrupted(
      step,
      () => callbacks(parts),
      async () => {
        await appendFile(join(parts, 'metrics.jsonl'), '\0\0\n{"kind":"st');
        await appendFile(join(parts, 'history.csv'), '2,0.');
      },
    );
    for (const name of ['history.csv', 'metrics.jsonl'])
      expect(timeless(await readFile(join(parts, name), 'utf8'))).toBe(timeless(await readFile(join(whole, name), 'utf8')));
    expect(await shown(join(parts, 'board'))).toEqual(await shown(join(whole, 'board')));
    expect(await readdir(join(parts, 'board'))).toHaveLength(2);
  });

  it('takes the place of an older one where it begins anew', async () => {
    const directory = await folder();
    const callbacks = (): Callback[] => [csvLog(join(directory, 'h.csv')), tensorBoard(directory, { everySteps: 2 })];
    await train({ callbacks: callbacks() });
    const once = await shown(directory);
    await train({ callbacks: callbacks() });
    expect(await shown(directory)).toEqual(once);
    expect((await readFile(join(directory, 'h.csv'), 'utf8')).split('\n')).toHaveLength(5);
  });

  it('goes on with its histograms', async () => {
    const [whole, before, after] = [histograms({ every: 1 }), histograms({ every: 1 }), histograms({ every: 1 })];
    await train({ callbacks: [whole] });
    const resume = await train({ callbacks: [before], until: 6 });
    await train({ callbacks: [after], resume: resume! });
    expect(before.collected).toHaveLength(8);
    expect(after.collected).toEqual(whole.collected);
  });
});

describe('histograms', () => {
  it('are of all weights and gradients, every so many epochs', async () => {
    const seen: HistogramsCallback = histograms({ every: 2, bins: 5 });
    const { buffers } = currentBackend().stats();
    const gradients: number[] = [];
    const peek: Callback = {
      onGradients: ({ globalStep, grads }) => {
        if (globalStep === 8) gradients.push(...[...grads.keys()].map(({ size }) => size));
      },
    };
    await train({ callbacks: [seen, peek] });
    expect(seen.collected.map(({ epoch }) => epoch)).toEqual(new Array(8).fill(2));
    expect(seen.collected.slice(4).map(({ counts }) => counts.reduce((sum, count) => sum + count))).toEqual(gradients);
    expect(seen.collected.every(({ counts, edges }) => counts.length === 5 && edges.length === 6)).toBe(true);
    expect(seen.collected.every(({ norm, nonFinite }) => norm > 0 && nonFinite === 0)).toBe(true);
    // The model itself may have been collected, or not yet.
    expect(currentBackend().stats().buffers).toBeLessThanOrEqual(buffers + 4);
    expect(() => histograms({ bins: 0 })).toThrow('histograms: bins must be a positive integer, got 0');
  });

  it('count each number once, and tell mean, deviation and norm', () => {
    const { counts, edges, min, max, mean, std, norm, nonFinite } = histogramOf([3, -1, 0, 1, Number.NaN, 2], 4);
    expect(counts).toEqual([1, 1, 1, 2]);
    expect(edges).toEqual([-1, 0, 1, 2, 3]);
    expect([min, max, mean, nonFinite]).toEqual([-1, 3, 1, 1]);
    expect(std).toBeCloseTo(Math.sqrt(2), 12);
    expect(norm).toBeCloseTo(Math.sqrt(15), 12);
    expect(histogramOf([7, 7], 2)).toMatchObject({ edges: [6.5, 7, 7.5], counts: [0, 2], std: 0 });
    expect(histogramOf([Number.NaN], 1)).toMatchObject({ counts: [0], mean: 0, std: 0, nonFinite: 1 });
    expect(() => histogramOf([1], 1.5)).toThrow(ArgumentError);
  });
});

async function eventsIn(directory: string): Promise<ReturnType<typeof readEvents>> {
  const names = (await readdir(directory)).filter((name) => name.includes('tfevents')).sort();
  return (await Promise.all(names.map(async (name) => readEvents(await readFile(join(directory, name)))))).flat();
}

/** All values in order, without the speed. */
async function shown(directory: string): Promise<(readonly [number, SummaryValue])[]> {
  const events = await eventsIn(directory);
  const values = events.flatMap(({ step, values: all }) => all.map((value) => [step, value] as const));
  return values.filter(([, { tag }]) => !tag.startsWith('throughput'));
}
