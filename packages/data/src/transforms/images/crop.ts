import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, emptyImage, type FloatImage } from '../float-image.ts';
import { mirrored } from '../mirrored.ts';

/** What is seen beyond the edge: one value, the outermost pixels again and again, or the image mirrored at them. */
export type PaddingMode = 'constant' | 'edge' | 'reflect';

/** Where a crop lies. */
export interface CropBox {
  /** Its first row; negative above the image. */
  readonly top: number;
  /** Its first column; negative left of the image. */
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Options of {@link crop}. */
export interface CropOptions {
  /** Default `'constant'`. */
  readonly paddingMode?: PaddingMode | undefined;
  /** What `'constant'` has beyond the edge. Default 0. */
  readonly fill?: number | undefined;
}

/** The place inside of `[0, extent)` that stands for `place`, or -1. */
const within: { readonly [M in PaddingMode]: (place: number, extent: number) => number } = {
  constant: (place, extent) => (place >= 0 && place < extent ? place : -1),
  edge: (place, extent) => Math.min(extent - 1, Math.max(0, place)),
  reflect: mirrored,
};

/**
 * The part of an image in a box, which may reach beyond it: so it pads, too.
 *
 * @param image - float32 `[c, h, w]`
 * @returns `[c, height, width]`
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when the box is not of integers, or empty
 * @example
 * const image = { shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) } as const;
 * crop(image, { top: 0, left: -1, height: 1, width: 3 }).data // Float32Array [0, 1, 2]
 * crop(image, { top: 0, left: -1, height: 1, width: 3 }, { paddingMode: 'edge' }).data // Float32Array [1, 1, 2]
 */
export function crop(
  image: HostTensor,
  { top, left, height, width }: CropBox,
  { paddingMode = 'constant', fill = 0 }: CropOptions = {},
): FloatImage {
  const { shape, data } = checkImage('crop', image);
  if (![top, left, height, width].every(Number.isInteger) || height < 1 || width < 1) {
    throw new ArgumentError('crop', `the box must be of integers and not empty, got ${top}, ${left}, ${height}×${width}`);
  }
  const [channels, fromHeight, fromWidth] = shape;
  const out = emptyImage(channels, height, width);
  const inside = within[paddingMode];
  const columns = new Int32Array(width);
  for (let column = 0; column < width; column++) columns[column] = inside(left + column, fromWidth);
  const to = out.data;
  for (let row = 0; row < channels * height; row++) {
    const fromRow = inside(top + (row % height), fromHeight);
    const begin = (Math.floor(row / height) * fromHeight + fromRow) * fromWidth;
    const at = row * width;
    if (fromRow < 0) {
      to.fill(fill, at, at + width);
      continue;
    }
    for (let column = 0; column < width; column++) {
      const fromColumn = columns[column];
      to[at + column] = fromColumn < 0 ? fill : data[begin + fromColumn];
    }
  }
  return out;
}
