import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkImage, type FloatImage } from '../float-image.ts';
import { placesFor, type SamplingOptions, sampleAt } from './sample-at.ts';

/** What {@link affine} does, about the centre of the image. */
export interface AffineOptions extends SamplingOptions {
  /** Degrees, clockwise. Default 0. */
  readonly angle?: number | undefined;
  /** Pixels to the right and down. Default `[0, 0]`. */
  readonly translate?: readonly [number, number] | undefined;
  /** Default 1. */
  readonly scale?: number | undefined;
  /** Degrees along x and y. Default `[0, 0]`. */
  readonly shear?: readonly [number, number] | undefined;
}

/**
 * The image scaled, sheared and turned about its centre, then moved: torchvision's `affine`. Beyond its edge lies `fill`, and pixels
 * at the edge are mixed with it, where torchvision weighs them twice.
 *
 * @param image - float32 `[c, h, w]`
 * @returns same shape
 * @throws {@link ShapeError} for another image
 * @throws {@link ArgumentError} when `scale` is not positive, a number not finite, or `fill` does not fit the channels
 * @example
 * const image = { shape: [1, 1, 3], dtype: 'float32', data: new Float32Array([1, 2, 3]) } as const;
 * affine(image, { translate: [1, 0] }).data // Float32Array [0, 1, 2]
 */
export function affine(image: HostTensor, options: AffineOptions): FloatImage {
  const from = checkImage('affine', image);
  const [, height, width] = from.shape;
  const [xx, xy, x0, yx, yy, y0] = inverseMatrix(options);
  const places = placesFor(height * width);
  const { xs, ys } = places;
  const centerX = (width - 1) / 2;
  const centerY = (height - 1) / 2;
  for (let row = 0, i = 0; row < height; row++) {
    const y = row - centerY;
    for (let column = 0; column < width; column++, i++) {
      const x = column - centerX;
      xs[i] = xx * x + xy * y + x0 + centerX;
      ys[i] = yx * x + yy * y + y0 + centerY;
    }
  }
  return sampleAt('affine', from, [height, width], places, options);
}

/** Takes a place of the result to the place of the image that is seen there: two rows of three numbers. */
function inverseMatrix({ angle = 0, translate = [0, 0], scale = 1, shear = [0, 0] }: AffineOptions): readonly number[] {
  if (!(scale > 0) || ![angle, ...translate, scale, ...shear].every(Number.isFinite)) {
    throw new ArgumentError(
      'affine',
      `numbers must be finite and scale positive, got ${JSON.stringify({ angle, translate, scale, shear })}`,
    );
  }
  const turn = radians(angle);
  const [shearX, shearY] = shear.map(radians);
  // Rotation · shear along y · shear along x has determinant 1, so its inverse is its adjugate.
  const a = Math.cos(turn - shearY) / Math.cos(shearY);
  const b = -a * Math.tan(shearX) - Math.sin(turn);
  const c = Math.sin(turn - shearY) / Math.cos(shearY);
  const d = -c * Math.tan(shearX) + Math.cos(turn);
  const [xx, xy, yx, yy] = [d / scale, -b / scale, -c / scale, a / scale];
  const [right, down] = translate;
  return [xx, xy, -xx * right - xy * down, yx, yy, -yx * right - yy * down];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
