import { ArgumentError } from '@dl/kernels';
import type { FloatImage } from '../transforms/float-image.ts';
import { crop } from '../transforms/images/crop.ts';
import { resize } from '../transforms/images/resize.ts';

/** How images of any size get one, so that they can be stacked. */
export interface FitImageOptions {
  /** What images are resized to, smoothed: `[height, width]`; or a number, which the shorter side becomes. Default: they stay as they are. */
  readonly resize?: number | readonly [number, number] | undefined;
  /** What is then cut out of the middle: `[height, width]`, or the side of a square. Beyond a smaller image there are zeros. */
  readonly centerCrop?: number | readonly [number, number] | undefined;
}

/** Refuses sizes that are not of positive integers. */
export function checkFit(op: string, options: FitImageOptions): void {
  for (const name of ['resize', 'centerCrop'] as const) {
    const size = options[name];
    if (size !== undefined && ![size].flat().every((extent) => Number.isInteger(extent) && extent > 0)) {
      throw new ArgumentError(op, `${name} must be of positive integers, got ${[size].flat().join(' x ')}`);
    }
  }
}

/** An image resized and cropped, with the rounding of torchvision's Resize and CenterCrop. */
export function fitImage(image: FloatImage, { resize: size, centerCrop }: FitImageOptions): FloatImage {
  const resized = size === undefined ? image : resizeTo(image, size);
  if (centerCrop === undefined) return resized;
  const [height, width] = typeof centerCrop === 'number' ? [centerCrop, centerCrop] : centerCrop;
  const top = middle(resized.shape[1], height);
  const left = middle(resized.shape[2], width);
  return crop(resized, { top, left, height, width });
}

function resizeTo(image: FloatImage, size: number | readonly [number, number]): FloatImage {
  const [, h, w] = image.shape;
  if (typeof size !== 'number') return resize(image, size, { antialias: true });
  const longer = Math.trunc((size * Math.max(h, w)) / Math.min(h, w));
  return resize(image, h <= w ? [size, longer] : [longer, size], { antialias: true });
}

/** Where the middle of an extent begins, `size` long; before the extent, where that has less. Halves are rounded to even, as by Python, and down beyond the edge. */
function middle(extent: number, size: number): number {
  const begin = (extent - size) / 2;
  if (begin < 0) return Math.ceil(begin);
  const floor = Math.floor(begin);
  return begin - floor === 0.5 ? floor + (floor & 1) : begin;
}
