import { ArgumentError, formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';
import { remember } from '../../loader/workers/recipe.ts';
import type { SampleRandom } from '../sample-random.ts';
import type { BatchTransform, ImageBatch } from '../transform.ts';
import { drawBeta } from './draw-beta.ts';

/** Options of {@link mixUp} and {@link cutMix}. */
export interface MixOptions {
  /** How many classes there are. */
  readonly numClasses: number;
  /** The share of an image is Beta(alpha, alpha): near 0 or 1 for a small alpha, near one half for a large one. Default 1: uniform. */
  readonly alpha?: number | undefined;
}

/** Where a pair of images is: rows of one array. */
interface Pair {
  readonly image: Float32Array;
  readonly partner: Float32Array;
  readonly out: Float32Array;
}

/**
 * Mixes each item of a batch with the one before it, the first with the last, and their targets by the share that `mix` says the image kept.
 *
 * @param mix - writes the mixed image; gets the share that was drawn, and returns the one that it kept
 */
export function mixBatch(
  op: 'mixUp' | 'cutMix',
  { numClasses, alpha = 1 }: MixOptions,
  mix: (pair: Pair, imageShape: readonly number[], share: number, random: SampleRandom) => number,
): BatchTransform<ImageBatch> {
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new ArgumentError(op, `numClasses must be a positive integer, got ${numClasses}`);
  }
  if (!(alpha > 0 && alpha < Infinity)) throw new ArgumentError(op, `alpha must be positive and finite, got ${alpha}`);
  const transform: BatchTransform<ImageBatch> = (batch, randoms) => {
    const { shape, data } = batch.x;
    const n = randoms.length;
    if (shape.length !== 4 || shape[0] !== n || !(data instanceof Float32Array)) {
      throw new ShapeError(op, `x must be float32 [n, c, h, w] of ${n} images, got ${batch.x.dtype} ${formatShape(shape)}`);
    }
    const length = sizeOf(shape.slice(1));
    const soft = softTargets(op, batch.y, n, numClasses);
    const x = new Float32Array(data.length);
    const y = new Float32Array(n * numClasses);
    const row = (rows: Float32Array, i: number, size: number): Float32Array => rows.subarray(i * size, (i + 1) * size);
    randoms.forEach((random, i) => {
      const before = (i + n - 1) % n;
      const pair = { image: row(data, i, length), partner: row(data, before, length), out: row(x, i, length) };
      const kept = mix(pair, shape.slice(1), drawBeta(alpha, random), random);
      for (let c = 0; c < numClasses; c++) {
        y[i * numClasses + c] = kept * soft[i * numClasses + c] + (1 - kept) * soft[before * numClasses + c];
      }
    });
    return {
      ...batch,
      x: { shape, dtype: 'float32', data: x },
      y: { shape: [n, numClasses], dtype: 'float32', data: y },
    };
  };
  return remember(transform, op, () => [{ numClasses, alpha }]);
}

/** Probabilities `[n, numClasses]`: as they are, or 1 at the class. */
function softTargets(op: string, { shape, dtype, data }: HostTensor, n: number, numClasses: number): Float32Array {
  if (data instanceof Float32Array && shape.length === 2 && shape[0] === n && shape[1] === numClasses) return data;
  if (shape.length !== 1 || shape[0] !== n || dtype !== 'int32') {
    throw new ShapeError(op, `y must be int32 [${n}] or float32 [${n}, ${numClasses}], got ${dtype} ${formatShape(shape)}`);
  }
  const soft = new Float32Array(n * numClasses);
  data.forEach((label, i) => {
    if (label < 0 || label >= numClasses)
      throw new ArgumentError(op, `classes must be below ${numClasses}, got ${label} (item ${i})`);
    soft[i * numClasses + label] = 1;
  });
  return soft;
}
