import { remember } from '../loader/workers/recipe.ts';

/**
 * One transform that does those of `transforms` in order, as torchvision's `Compose`: of images, or of batches.
 *
 * @example
 * const transform: ImageTransform = compose([randomCrop(28, { padding: 4 }), randomHorizontalFlip()]);
 * const image = { shape: [1, 28, 28], dtype: 'float32', data: new Float32Array(784) } as const;
 * transform(image, sampleRandom({ index: 0 })).shape // [1, 28, 28]
 */
export function compose<In, Out extends In, R>(
  transforms: readonly [(value: In, random: R) => Out, ...((value: In, random: R) => Out)[]],
): (value: In, random: R) => Out {
  const [first, ...rest] = transforms;
  const composed = (value: In, random: R): Out => rest.reduce((made, transform) => transform(made, random), first(value, random));
  return remember(composed, 'compose', () => [transforms]);
}
