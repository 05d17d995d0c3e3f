/**
 * A mask by the lengths of its runs, as COCO writes it in JSON: down the columns, from left to right, how many pixels are out of the mask,
 * then in it, then out again, and so on. The first run may be empty.
 *
 * @example
 * const dot: Rle = { size: [2, 3], counts: [3, 1, 2] };
 * const same: Rle = { size: [2, 3], counts: '312' };
 * rleArea(dot) === rleArea(same) // true
 * @see https://cocodataset.org/#format-data
 */
export interface Rle {
  /** Of the image. */
  readonly size: readonly [height: number, width: number];
  /** The lengths, or COCO's string of them, which {@link rleToString} makes. */
  readonly counts: ArrayLike<number> | string;
}
