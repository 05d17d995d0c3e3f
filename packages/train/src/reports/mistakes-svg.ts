import type { ImageDataset } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import type { Prediction } from '../metrics/predictions.ts';
import { pixelPaths } from './pixel-paths.ts';
import { colors, element, group, header, margin, percent, picture, text } from './svg.ts';

/** Options of {@link mistakesSvg}. */
export interface MistakesOptions {
  /** How many to show at most. Default 24. */
  readonly count?: number | undefined;
  /** Default `'Mistakes'`. */
  readonly title?: string | undefined;
}

const [columns, tile, gap, footer] = [6, 112, 14, 46];

/**
 * The mistakes that a classifier was most sure of, as an SVG picture: each image with its class, the class it was taken for, and the
 * probabilities of both.
 *
 * @param dataset - grey images, in the order they were evaluated in
 * @param predictions - as {@link Predictions} computes them
 * @returns the text of an SVG file
 * @throws {@link ArgumentError} for images of several channels
 * @example
 * const dataset = new ImageDataset({
 *   pixels: new Uint8Array([0, 255, 51, 102]), labels: [1, 0], imageShape: [1, 1, 2], classNames: ['a', 'b'], source: 'by hand',
 * });
 * const wrong = { index: 0, truth: 1, predicted: 0, probabilities: new Float32Array([0.9, 0.1]) };
 * mistakesSvg(dataset, [wrong]).startsWith('<svg') // true
 */
export function mistakesSvg(dataset: ImageDataset, predictions: readonly Prediction[], options: MistakesOptions = {}): string {
  const { count = 24, title = 'Mistakes' } = options;
  const [channels] = dataset.imageShape;
  if (channels !== 1) throw new ArgumentError('mistakesSvg', `images must have one channel, got ${channels}`);
  const wrong = predictions.filter(({ truth, predicted }) => truth !== predicted);
  const worst = wrong.toSorted((a, b) => sureness(b) - sureness(a)).slice(0, count);
  const tiles = worst.map((prediction, i) =>
    group(
      margin + (i % columns) * (tile + gap),
      header + Math.floor(i / columns) * (tile + footer + gap),
      drawTile(dataset, prediction),
    ),
  );
  const rows = Math.max(1, Math.ceil(worst.length / columns));
  const of = `${wrong.length.toLocaleString('en-US')} of ${predictions.length.toLocaleString('en-US')} images are taken for another class`;
  const subtitle = worst.length < wrong.length ? `${of}; these are the ${worst.length} it was most sure of` : of;
  const width = 2 * margin + columns * (tile + gap) - gap;
  return picture(width, header + rows * (tile + footer + gap) + margin - gap, title, subtitle, ...tiles);
}

function sureness({ probabilities, predicted }: Prediction): number {
  return probabilities[predicted];
}

function drawTile(dataset: ImageDataset, { index, truth, predicted, probabilities }: Prediction): string {
  const [, height, width] = dataset.imageShape;
  const scale = (tile - 12) / Math.max(height, width);
  const image = element(
    'g',
    { transform: `translate(${6 + (tile - 12 - width * scale) / 2} ${6 + (tile - 12 - height * scale) / 2}) scale(${scale})` },
    ...pixelPaths(dataset.pixels(index), width, colors.ink),
  );
  const name = (label: number): string => dataset.classNames[label];
  return [
    element('title', {}, `image ${index}`),
    element('rect', { width: tile, height: tile, rx: 6, fill: colors.tile }),
    image,
    text(0, tile + 18, `taken for ${name(predicted)}`, { ...bold, fill: colors.orange }),
    text(tile, tile + 18, percent(probabilities[predicted], 1), { ...plain, 'text-anchor': 'end' }),
    text(0, tile + 35, `is ${name(truth)}`, { ...bold, fill: colors.blue }),
    text(tile, tile + 35, percent(probabilities[truth], 1), { ...plain, 'text-anchor': 'end' }),
  ].join('');
}

const bold = { 'font-size': 12.5, 'font-weight': 600 } as const;
const plain = { 'font-size': 11.5, fill: colors.muted } as const;
