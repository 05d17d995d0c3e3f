import { ImageDataset } from '@dl/data';
import { Conv2d, Flatten, Linear, Sequential, summary } from '@dl/layers';
import { histogramOf } from '../src/callbacks/parameter-histogram.ts';
import type { EpochResult, Prediction, RunReport } from '../src/index.ts';

/** A history that learns, with a lowest validation loss in the third epoch. */
export function historyOf(epochs: number, metrics: readonly string[] = ['accuracy']): EpochResult[] {
  const figures = (loss: number): EpochResult['train'] => ({
    loss,
    metrics: Object.fromEntries(metrics.map((name) => [name, 1 - loss / 2])),
  });
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    lr: 0.1 / 10 ** i,
    steps: 10,
    samples: 640,
    seconds: 1.5,
    train: figures(1 / (i + 1)),
    validation: figures(0.5 + Math.abs(2 - i) / 10),
  }));
}

const model = new Sequential({ conv: new Conv2d(3, 4, 3), flatten: new Flatten(), fc: new Linear(144, 3) });
const costs = summary(model, [1, 3, 8, 8]);

/** A report with every section, of a colour classifier that is right two times of three; every name is `words`. */
export function fullReport(words: string): RunReport {
  const size = 9;
  const pixels = Uint8Array.from({ length: size * 3 * 8 * 8 }, (_, i) => (i * 37) % 256);
  const labels = Array.from({ length: size }, (_, i) => i % 3);
  const classNames = [words, `${words} b`, 'truck'];
  const pictures = new ImageDataset({ pixels, labels, imageShape: [3, 8, 8], classNames, source: 'by hand' });
  const predictions = labels.map((truth, index): Prediction => {
    const predicted = index < 3 ? (truth + 1) % 3 : truth;
    const probabilities = new Float32Array(3).fill(0.125);
    probabilities[predicted] = 0.75;
    return { index, truth, predicted, probabilities };
  });
  const weight = {
    shape: [4, 3, 3, 3],
    dtype: 'float32',
    data: Float32Array.from({ length: 108 }, (_, i) => Math.sin(i)),
  } as const;
  const rows = { shape: [3, 64], dtype: 'float32', data: Float32Array.from({ length: 192 }, (_, i) => Math.cos(i)) } as const;
  return {
    title: words,
    subtitle: `${words} on pictures`,
    history: historyOf(5),
    heldOut: words,
    test: { samples: size, loss: 0.4, metrics: { accuracy: 2 / 3, predictions } },
    figures: { [`figure ${words}`]: words },
    classNames,
    predictions,
    pictures,
    weights: [
      { name: `conv ${words}`, weight },
      { name: 'rows', weight: rows, imageShape: [1, 8, 8], labels: classNames },
    ],
    histograms: (['weights', 'gradients'] as const).flatMap((of) =>
      [1, 5].map((epoch) => ({
        epoch,
        of,
        name: `conv ${words}`,
        ...histogramOf([-epoch, 0, 0.5, epoch, ...(of === 'gradients' ? [Number.NaN] : [])], 8),
      })),
    ),
    text: { unit: 'character', samples: [{ text: words, prompt: words, temperature: 0.5 }] },
    summary: costs,
    drawing: `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><circle cx="20" cy="20" r="9"/></svg>`,
    manifest: { seed: 7, name: words, config: { [`key ${words}`]: words, crop: [4, 4] }, data: [{ sha256: 'ab'.repeat(32) }] },
    notes: [words],
  };
}
