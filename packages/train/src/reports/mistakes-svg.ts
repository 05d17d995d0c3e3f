import type { ImageDataset } from '@dl/data';
import type { HostTensor } from '@dl/kernels';
import type { Prediction } from '../metrics/predictions.ts';
import { colors } from './colors.ts';
import { element } from './markup.ts';
import { imageRaster } from './pixels/image-raster.ts';
import { pictureAt } from './pixels/pictures.ts';
import { pngUrl } from './pixels/png-url.ts';
import { clip, group, percent, text, titled } from './svg.ts';
import { mistakesOf, worstMistakes } from './worst-mistakes.ts';

/** Options of {@link mistakesSvg}. */
export interface MistakesOptions {
  /** How many to show at most. Default 24. */
  readonly count?: number | undefined;
  /** Default `'Mistakes'`. */
  readonly title?: string | undefined;
}

const [columns, tile, gap, footer] = [6, 150, 12, 46];

/**
 * The mistakes that a classifier was most sure of, as an SVG picture: each image with its class, the class it was taken for, and the
 * probabilities of both.
 *
 * @param dataset - in the order it was evaluated in; of others than an {@link ImageDataset}, what shows their images
 * @param predictions - as {@link Predictions} computes them
 * @returns the text of an SVG file
 * @throws {@link ArgumentError} for images that have neither 1 nor 3 channels
 * @example
 * const dataset = new ImageDataset({
 *   pixels: new Uint8Array([0, 255, 51, 102]), labels: [1, 0], imageShape: [1, 1, 2], classNames: ['a', 'b'], source: 'by hand',
 * });
 * const wrong = { index: 0, truth: 1, predicted: 0, probabilities: new Float32Array([0.9, 0.1]) };
 * mistakesSvg(dataset, [wrong]).startsWith('<svg') // true
 */
export function mistakesSvg(
  dataset: Pick<ImageDataset, 'imageShape' | 'pixels' | 'classNames'>,
  predictions: readonly Prediction[],
  options: MistakesOptions = {},
): string {
  const { count = 24, title = 'Mistakes' } = options;
  const worst = worstMistakes(predictions, count);
  const tiles = worst.map((prediction, i) =>
    group(
      (i % columns) * (tile + gap),
      Math.floor(i / columns) * (tile + footer + gap),
      drawTile(pictureAt(dataset, prediction.index), prediction, dataset.classNames),
    ),
  );
  const rows = Math.max(1, Math.ceil(worst.length / columns));
  const drawing = { width: columns * (tile + gap) - gap, height: rows * (tile + footer + gap) - gap, body: tiles.join('\n') };
  return titled(drawing, title, mistakesLine(predictions, worst.length));
}

/** How many there are, and which of them are shown. */
export function mistakesLine(predictions: readonly Prediction[], shown: number): string {
  const wrong = mistakesOf(predictions).length;
  const of = `${wrong.toLocaleString('en-US')} of ${predictions.length.toLocaleString('en-US')} images are taken for another class`;
  return shown < wrong ? `${of}; these are the ${shown} it was most sure of` : of;
}

function drawTile(
  image: HostTensor | undefined,
  { index, truth, predicted, probabilities }: Prediction,
  classNames: readonly string[],
): string {
  const name = (label: number): string => clip(classNames[label] ?? String(label), 11);
  return [
    element('title', {}, `image ${index}`),
    element('rect', { width: tile, height: tile, rx: 6, fill: colors.tile }),
    ...(image === undefined ? [] : [drawImage(image)]),
    text(0, tile + 18, `as ${name(predicted)}`, { ...bold, fill: colors.orange }),
    text(tile, tile + 18, percent(probabilities[predicted], 1), { ...plain, 'text-anchor': 'end' }),
    text(0, tile + 35, `is ${name(truth)}`, { ...bold, fill: colors.blue }),
    text(tile, tile + 35, percent(probabilities[truth], 1), { ...plain, 'text-anchor': 'end' }),
  ].join('');
}

function drawImage(image: HostTensor): string {
  const raster = imageRaster('mistakesSvg', image);
  const scale = (tile - 12) / Math.max(raster.height, raster.width);
  const [width, height] = [raster.width * scale, raster.height * scale];
  const place = { x: (tile - width) / 2, y: (tile - height) / 2, width, height };
  return element('image', { ...place, href: pngUrl(raster), 'image-rendering': 'pixelated' });
}

const bold = { 'font-size': 12.5, 'font-weight': 600 } as const;
const plain = { 'font-size': 11.5, fill: colors.muted } as const;
