import { FormatError, type HostTensor } from '@dl/kernels';
import { drawRuns } from '../masks/decode-rle.ts';
import { checkedCounts } from '../masks/rle-counts.ts';
import { type Segmentation, segmentationToRle } from '../masks/segmentation.ts';

/**
 * The pixels of each object of an image, made of the `segmentations` of a {@link DetectionSample}.
 *
 * @param size - of the image
 * @returns bool `[n, h, w]`
 * @throws {@link FormatError} when a segmentation is malformed or of another size than the image
 * @example
 * const { segmentations } = await shapes({ size: 10, seed: 1 }).get(0);
 * instanceMasks(segmentations, [64, 64]).shape // [2, 64, 64]
 */
export function instanceMasks(
  segmentations: readonly Segmentation[],
  size: readonly [height: number, width: number],
): HostTensor {
  const op = 'instanceMasks';
  const [height, width] = size;
  const pixels = height * width;
  const runs = segmentations.map((segmentation, i) => {
    const rle = segmentationToRle(segmentation, size);
    if (rle.size[0] !== height || rle.size[1] !== width) {
      throw new FormatError(
        op,
        `masks must have the size of the image, ${height} × ${width}, got ${rle.size.join(' × ')} (mask ${i})`,
      );
    }
    return checkedCounts(op, rle);
  });
  const data = new Uint8Array(runs.length * pixels);
  runs.forEach((counts, i) => {
    drawRuns(counts, height, width, data.subarray(i * pixels, (i + 1) * pixels));
  });
  return { shape: [runs.length, height, width], dtype: 'bool', data };
}
