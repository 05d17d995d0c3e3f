import { ArgumentError } from '@dl/kernels';

/** Options of {@link shapes} and {@link shapeClasses}. */
export interface ShapesOptions {
  /** How many images. Image i is the same whatever the size. Default 10,000 to train on, 1,000 to test with. */
  readonly size?: number | undefined;
  /** Equal seeds give equal images, on every machine. Default 0. */
  readonly seed?: number | undefined;
  /** The two have no image in common. Default `'train'`. */
  readonly split?: 'train' | 'test' | undefined;
  /** Height and width, at least 16 each. Default `[64, 64]`. */
  readonly imageSize?: readonly [height: number, width: number] | undefined;
  /** How far the grain moves a pixel's colour at most, of 1. Default 0.15. */
  readonly noise?: number | undefined;
}

/** What is left of the options once they are checked. */
export interface CheckedShapes {
  readonly size: number;
  readonly seed: number;
  readonly split: 'train' | 'test';
  readonly height: number;
  readonly width: number;
  readonly noise: number;
  readonly source: string;
}

/** Fills the gaps and refuses what cannot be drawn. */
export function checkShapes(op: string, options: ShapesOptions): CheckedShapes {
  const { split = 'train', seed = 0, imageSize = [64, 64], noise = 0.15 } = options;
  const { size = split === 'train' ? 10_000 : 1_000 } = options;
  if (!Number.isSafeInteger(size) || size < 0) throw new ArgumentError(op, `size must be a non-negative integer, got ${size}`);
  const [height, width] = imageSize;
  if (![height, width].every((extent) => Number.isInteger(extent) && extent >= 16 && extent <= 4096)) {
    throw new ArgumentError(op, `imageSize must be a height and a width in [16, 4096], got [${imageSize.join(', ')}]`);
  }
  if (!(noise >= 0 && noise <= 1)) throw new ArgumentError(op, `noise must be in [0, 1], got ${noise}`);
  return { size, seed, split, height, width, noise, source: `shapes drawn by the computer (seed ${seed})` };
}
