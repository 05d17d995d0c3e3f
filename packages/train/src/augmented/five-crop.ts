import { cropView } from './crop-view.ts';
import type { View } from './view.ts';

/**
 * The four corners and the middle of images, as views of {@link TestTimeAugmentation}.
 *
 * @param size - `[height, width]`, or the side of a square
 * @throws {@link ArgumentError} for a size that is not of positive integers
 * @example
 * fiveCrop(24).map((view) => view(zeros([2, 3, 28, 28])).shape[2]) // [24, 24, 24, 24, 24]
 */
export function fiveCrop(size: number | readonly [number, number]): readonly View[] {
  return (['topLeft', 'topRight', 'bottomLeft', 'bottomRight', 'center'] as const).map((corner) => cropView(size, corner));
}
