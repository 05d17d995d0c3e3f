import { Linear } from '@dl/layers';
import { describe, expect, it, vi } from 'vitest';
import { formatSeconds } from '../src/callbacks/format-figures.ts';
import type { EpochEvent, FitStart, StepEvent } from '../src/index.ts';
import { progress } from '../src/index.ts';

const epochEvent: EpochEvent = {
  epoch: 2,
  epochs: 12,
  lr: 0.001,
  steps: 938,
  samples: 60_000,
  seconds: 7.5,
  train: { loss: 0.03123, metrics: { accuracy: 0.99104, perplexity: 12 } },
  validation: { loss: 0.00004, metrics: { accuracy: 0.98 } },
  stop: () => {},
};

const model = new Linear(1, 1);
const start = (epochs: number, steps: number): FitStart => ({
  model,
  optimizer: { lr: 0.001, step: () => {} },
  parameters: model.namedParameters(),
  epochs,
  steps,
  epoch: 1,
  globalStep: 0,
  state: () => Promise.reject(new Error('not asked for')),
});

const stepEvent = (step: number): StepEvent => ({
  epoch: 1,
  step,
  globalStep: step,
  lr: 0.001,
  samples: 64 * step,
  seconds: step / 100,
  read: async () => ({ loss: 0.5, metrics: { accuracy: 0.875 } }),
  stop: () => {},
});

describe('progress', () => {
  it('writes one line an epoch where there is no terminal', async () => {
    const written: string[] = [];
    const callback = progress({ stream: { write: (text) => written.push(text) }, unit: 'images', heldOut: 'test' });
    await callback.onFitStart!(start(12, 938));
    await callback.onStep!(stepEvent(1));
    expect(written).toEqual([]);
    await callback.onEpochEnd!(epochEvent);
    await callback.onFitEnd!(undefined);
    expect(written).toEqual([
      'epoch  2/12 | 7.5 s | 8,000 images/s | loss 0.0312  accuracy 99.10 %  perplexity 12.0000 | test loss 4.00e-5  accuracy 98.00 %\n',
    ]);
  });

  it('draws a bar with rate, remaining time and figures in a terminal, and takes it away', async () => {
    const written: string[] = [];
    const callback = progress({ stream: terminal(written), unit: 'images' });
    await callback.onFitStart!(start(2, 100));
    await callback.onStep!(stepEvent(50));
    const drawn = written.join('');
    expect(drawn).toContain('1/2 ');
    expect(drawn).toContain('50%  6,400 images/s  ETA 2 s  loss 0.5000  accuracy 87.50 %');
    await callback.onEpochEnd!({ ...epochEvent, validation: undefined });
    await callback.onFitEnd!(undefined);
    expect(written.at(-1)).toMatch(/^epoch {2}2\/12 \| .*accuracy 99.10 %/);
  });

  it('says where a run resumes, and counts evaluations among what is left', async () => {
    const written: string[] = [];
    const callback = progress({ stream: terminal(written) });
    await callback.onFitStart!({ ...start(3, 100), epoch: 2, globalStep: 1050 });
    expect(written).toEqual(['epoch 2/3 | resumed after 1,050 steps\n']);
    await callback.onStep!({ ...stepEvent(60), epoch: 2 });
    const { length } = written;
    expect(written.join('')).toContain('2/3 ');
    const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(1600);
    await callback.onValidationStart!();
    const shown = '100%  6,400 samples/s  ETA 1 s  evaluating on validation data';
    await callback.onValidationEnd!();
    clock.mockRestore();
    // The bar is drawn ten times a second.
    await vi.waitFor(() => expect(written.slice(length).join('')).toContain(shown), { timeout: 5000 });
    await callback.onFitEnd!(undefined);
    await callback.onStep!({ ...stepEvent(100), epoch: 2 });
    await callback.onFitEnd!(undefined);
    expect(written.join('')).toContain('ETA 2 s');
  });

  it('shows seconds, minutes and hours', () => {
    expect([0.4, 59.4, 65, 3599.7, 7384, Number.NaN].map(formatSeconds)).toEqual([
      '0 s',
      '59 s',
      '1:05',
      '1:00:00',
      '2:03:04',
      '–',
    ]);
  });
});

interface Terminal {
  readonly isTTY: true;
  readonly columns: number;
  write(text: string): boolean;
}

function terminal(written: string[]): Terminal {
  return {
    isTTY: true,
    columns: 100,
    write(text) {
      written.push(text);
      return true;
    },
  };
}
