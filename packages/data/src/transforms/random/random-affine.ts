import { remember } from '../../loader/workers/recipe.ts';
import { checkImage } from '../float-image.ts';
import { affine } from '../images/affine.ts';
import type { SamplingOptions } from '../images/sample-at.ts';
import type { ImageTransform } from '../transform.ts';
import { bothSides, checkRange } from './check-options.ts';

/** Options of {@link randomAffine}. */
export interface RandomAffineOptions extends SamplingOptions {
  /** How far it is moved at most along x and y, as part of width and height, by whole pixels. Default `[0, 0]`. */
  readonly translate?: readonly [number, number] | undefined;
  /** From and to. Default `[1, 1]`. */
  readonly scale?: readonly [number, number] | undefined;
  /** Degrees along x, from and to, and along y where there are four numbers; one number stands for both directions of x. Default 0. */
  readonly shear?: number | readonly [number, number] | readonly [number, number, number, number] | undefined;
}

/**
 * Turns, moves, scales and shears an image at random.
 *
 * @param degrees - from and to, clockwise; one number stands for both directions
 * @throws {@link ArgumentError} for a range that is none, or parts of width and height outside [0, 1]
 * @example
 * const image = { shape: [1, 28, 28], dtype: 'float32', data: new Float32Array(784) } as const;
 * const transform = randomAffine(10, { translate: [0.1, 0.1], scale: [0.9, 1.1], interpolation: 'bilinear' });
 * transform(image, sampleRandom({ index: 0 })).shape // [1, 28, 28]
 */
export function randomAffine(
  degrees: number | readonly [number, number],
  { translate = [0, 0], scale = [1, 1], shear = 0, interpolation, fill }: RandomAffineOptions = {},
): ImageTransform {
  const angles = bothSides(degrees);
  const [left = 0, right = 0, up = 0, down = 0] = typeof shear === 'number' ? bothSides(shear) : shear;
  checkRange('randomAffine', 'degrees', angles);
  for (const part of translate) checkRange('randomAffine', 'translate', [-part, part], -1, 1);
  checkRange('randomAffine', 'scale', scale, Number.MIN_VALUE);
  checkRange('randomAffine', 'shear', [left, right]);
  checkRange('randomAffine', 'shear', [up, down]);
  const transform: ImageTransform = (image, random) => {
    const [, height, width] = checkImage('randomAffine', image).shape;
    const reach = [translate[0] * width, translate[1] * height] as const;
    return affine(image, {
      angle: random.uniform(angles[0], angles[1]),
      translate: [Math.round(random.uniform(-reach[0], reach[0])), Math.round(random.uniform(-reach[1], reach[1]))],
      scale: random.uniform(scale[0], scale[1]),
      shear: [random.uniform(left, right), random.uniform(up, down)],
      interpolation,
      fill,
    });
  };
  return remember(transform, 'randomAffine', () => [degrees, { translate, scale, shear, interpolation, fill }]);
}
