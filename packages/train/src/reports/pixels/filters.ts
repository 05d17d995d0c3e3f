import { ArgumentError, formatShape, type HostTensor, sizeOf } from '@dl/kernels';
import type { Raster } from './raster.ts';
import { type Planes, shrink } from './shrink.ts';

/** Options of {@link filterRasters}. */
export interface FilterOptions {
  /** `[c, h, w]` that a linear layer sees as a row of numbers. Default: for convolutions, nothing else is needed. */
  readonly imageShape?: readonly [number, number, number] | undefined;
  /** How many at most. Default 64. */
  readonly count?: number | undefined;
}

/**
 * Weights as images, one an output of the layer: those of three channels in colours with zero as middle grey, others blue below zero, white at it
 * and orange above it. Filters of more channels are shown channel by channel. All have one scale.
 *
 * @param weight - `[out, in, h, w]` of a convolution, or `[out, in]` of a linear layer with `imageShape`
 */
export function filterRasters(op: string, weight: HostTensor, { imageShape, count = 64 }: FilterOptions): Raster[] {
  const [outputs, inputs, height, width] = imagesIn(op, weight, imageShape);
  const channels = inputs === 3 ? 3 : 1;
  const [size, images] = [channels * height * width, Math.min(count, (outputs * inputs) / channels)];
  const shrunk = Array.from({ length: images }, (_, i) =>
    shrink(weight.data.subarray(i * size, (i + 1) * size), channels, height, width),
  );
  const most = Math.max(...shrunk.map(({ values }) => largest(values))) || 1;
  return shrunk.map((planes) => rasterOf(planes, channels, most));
}

function rasterOf({ width, height, values }: Planes, channels: 1 | 3, most: number): Raster {
  const plane = height * width;
  const bytes = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    const at = (c: number): number => values[c * plane + i] / most;
    bytes.set(channels === 3 ? [0, 1, 2].map((c) => 127.5 * (1 + at(c))) : signed(at(0)), 3 * i);
  }
  return { width, height, channels: 3, bytes };
}

/** The largest magnitude. */
export function largest(data: Iterable<number>): number {
  let most = 0;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most;
}

function imagesIn(op: string, { shape }: HostTensor, imageShape: FilterOptions['imageShape']): readonly number[] {
  if (shape.length === 4) return shape;
  if (shape.length === 2 && imageShape !== undefined && sizeOf(imageShape) === shape[1]) return [shape[0], ...imageShape];
  const image = imageShape === undefined ? 'none' : formatShape(imageShape);
  throw new ArgumentError(
    op,
    `weights must be [out, in, h, w], or [out, in] with an image shape of as many numbers, got ${formatShape(shape)} (image shape ${image})`,
  );
}

const [below, zero, above] = [
  [0x0b, 0x4f, 0xa8],
  [0xff, 0xff, 0xff],
  [0xc6, 0x50, 0x02],
];

/** Blue to white to orange for -1 to 1. */
function signed(value: number): number[] {
  const end = value < 0 ? below : above;
  return zero.map((from, c) => from + (end[c] - from) * Math.abs(value));
}
