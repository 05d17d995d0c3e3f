import { fiveCrop } from './five-crop.ts';
import { flipView } from './flip-view.ts';
import type { View } from './view.ts';

/**
 * The four corners and the middle of images and all of them mirrored, as views of {@link TestTimeAugmentation}.
 *
 * @param size - `[height, width]`, or the side of a square
 * @throws {@link ArgumentError} for a size that is not of positive integers
 * @example
 * tenCrop(24).length // 10
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012, section 4.1
 */
export function tenCrop(size: number | readonly [number, number]): readonly View[] {
  const views = fiveCrop(size);
  return [
    ...views,
    ...views.map(
      (view): View =>
        (images) =>
          flipView(view(images)),
    ),
  ];
}
