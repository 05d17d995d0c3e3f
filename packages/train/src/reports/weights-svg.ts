import type { HostTensor } from '@dl/kernels';
import { colors } from './colors.ts';
import { element } from './markup.ts';
import { type FilterOptions, filterRasters, largest } from './pixels/filters.ts';
import { pngUrl } from './pixels/png-url.ts';
import { clip, type Drawing, text, titled } from './svg.ts';

/** Options of {@link weightsSvg}. */
export interface WeightsOptions extends FilterOptions {
  /** What stands under each image, such as the class it is of. Default: nothing. */
  readonly labels?: readonly string[] | undefined;
  /** Default `'Weights'`. */
  readonly title?: string | undefined;
  /** A line of text under the title. Default: their shape and scale. */
  readonly subtitle?: string | undefined;
}

/**
 * What a first layer looks for, as an SVG picture: each filter of a convolution, or each row of a linear layer in the shape of the image, as a
 * small image. Filters of three channels are in colours, with zero as middle grey; others are blue below zero, white at it and orange above it.
 * All have one scale.
 *
 * @param weight - `[out, in, h, w]` of a convolution, or `[out, in]` of a linear layer with `imageShape`
 * @returns the text of an SVG file
 * @throws {@link ArgumentError} for other shapes
 * @example
 * const weight = { shape: [2, 4], dtype: 'float32', data: new Float32Array([1, -1, 0, 1, 0, 0, 1, -1]) } as const;
 * weightsSvg(weight, { imageShape: [1, 2, 2], labels: ['0', '1'] }).startsWith('<svg') // true
 */
export function weightsSvg(weight: HostTensor, options: WeightsOptions = {}): string {
  const { title = 'Weights', subtitle = weightsLine(weight, options) } = options;
  return titled(weightsDrawing('weightsSvg', weight, options), title, subtitle);
}

/** What is to be seen, in words. */
export function weightsLine({ shape, data }: HostTensor, { count = 64 }: WeightsOptions): string {
  const kind = shape.length === 4 && shape[1] === 3 ? 'middle grey is 0' : 'blue is below 0, orange above';
  const images = shape.length === 4 && shape[1] !== 3 ? shape[0] * shape[1] : shape[0];
  const shown = images > count ? `the first ${count} of ${images.toLocaleString('en-US')}; ` : '';
  return `${shown}${kind}; the largest weight is ${largest(data).toPrecision(2)}`;
}

/** The images of {@link weightsSvg} in rows. */
export function weightsDrawing(op: string, weight: HostTensor, options: WeightsOptions): Drawing {
  const rasters = filterRasters(op, weight, options);
  const { labels } = options;
  const scale = Math.max(1, Math.floor(76 / Math.max(rasters[0].width, rasters[0].height)));
  const [width, height] = [rasters[0].width * scale, rasters[0].height * scale];
  const [stepX, stepY] = [Math.max(width, labels === undefined ? 0 : 60) + 8, height + (labels === undefined ? 8 : 26)];
  const columns = Math.min(rasters.length, Math.max(1, Math.floor(700 / stepX)));
  const images = rasters.map((raster, i) => {
    const [x, y] = [(i % columns) * stepX, Math.floor(i / columns) * stepY];
    const image = element('image', { x, y, width, height, href: pngUrl(raster), 'image-rendering': 'pixelated' });
    const name = labels?.[i];
    return name === undefined
      ? image
      : image + text(x, y + height + 14, clip(name, 11), { 'font-size': 11.5, fill: colors.muted });
  });
  return { width: columns * stepX - 8, height: Math.ceil(rasters.length / columns) * stepY - 8, body: images.join('\n') };
}
