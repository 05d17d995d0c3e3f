import { polygonsToRle } from './polygons-to-rle.ts';
import type { Rle } from './rle.ts';

/** The pixels of an object as COCO has them: runs, or the outlines of its parts, each x0, y0, x1, y1, … in pixels. */
export type Segmentation = Rle | ReadonlyArray<readonly number[]>;

/**
 * The runs of a mask, whatever it was made of.
 *
 * @param size - of the image; a mask of runs has its own
 * @throws FormatError when a polygon is malformed, see {@link polygonsToRle}
 * @example
 * const square: Segmentation = [[1, 1, 3, 1, 3, 3, 1, 3]];
 * rleArea(segmentationToRle(square, [4, 4])) // 4
 */
export function segmentationToRle(segmentation: Segmentation, size: readonly [height: number, width: number]): Rle {
  return 'counts' in segmentation ? segmentation : polygonsToRle(segmentation, size);
}
