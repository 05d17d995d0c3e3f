import { formatShape, ShapeError, sameShape, sizeOf } from '@dl/kernels';
import { remember } from '../loader/workers/recipe.ts';
import { checkImage, type FloatImage } from './float-image.ts';
import type { BatchTransform, ImageBatch, ImageTransform } from './transform.ts';

/**
 * Does `transform` to each image of a batch, with that image's random numbers.
 *
 * @throws ShapeError when the batch is not float32 `[n, c, h, w]`, or the images come out in different shapes
 * @example
 * const digits = drawnDigits({ size: 100, normalize: { mean: 0, std: 1 } });
 * const transform = eachImage(compose([randomAffine(10, { translate: [0.1, 0.1] }), normalize(drawnDigitsNormalization)]));
 * const loader = new DataLoader(digits, { batchSize: 10, shuffle: true, seed: 7, transform });
 */
export function eachImage(transform: ImageTransform): BatchTransform<ImageBatch> {
  const each: BatchTransform<ImageBatch> = (batch, randoms) => {
    const { shape, dtype, data } = batch.x;
    if (shape.length !== 4 || shape[0] !== randoms.length) {
      throw new ShapeError('eachImage', `x must be [n, c, h, w] of ${randoms.length} images, got ${formatShape(shape)}`);
    }
    const imageShape = shape.slice(1);
    const length = sizeOf(imageShape);
    const images = randoms.map((random, i) =>
      transform({ shape: imageShape, dtype, data: data.subarray(i * length, (i + 1) * length) }, random),
    );
    return { ...batch, x: stack(images, imageShape) };
  };
  return remember(each, 'eachImage', () => [transform]);
}

function stack(images: readonly FloatImage[], emptyShape: readonly number[]): ImageBatch['x'] {
  const shape = images[0]?.shape ?? emptyShape;
  const length = sizeOf(shape);
  const data = new Float32Array(images.length * length);
  images.forEach((image, i) => {
    if (!sameShape(image.shape, shape)) {
      throw new ShapeError(
        'eachImage',
        `images must come out in one shape, got ${formatShape(shape)} and ${formatShape(image.shape)}`,
      );
    }
    data.set(checkImage('eachImage', image).data, i * length);
  });
  return { shape: [images.length, ...shape], dtype: 'float32', data };
}
