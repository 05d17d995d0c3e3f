import { ArgumentError, type HostTensor } from '@dl/kernels';
import type { Normalization } from '../../datasets/image-dataset.ts';
import { remember } from '../../loader/workers/recipe.ts';
import { checkImage, emptyImage, type FloatImage } from '../float-image.ts';

/**
 * Subtracts a mean and divides by a deviation: one number for all, one for each channel, or one for each number of the image.
 *
 * @returns a transform, which throws an {@link ArgumentError} for an image that they do not fit
 * @throws {@link ArgumentError} when a mean is not finite, or a deviation not positive
 * @example
 * const image = { shape: [2, 1, 2], dtype: 'float32', data: new Float32Array([0, 1, 0.5, 1]) } as const;
 * normalize({ mean: [0.5, 1], std: 0.5 })(image).data // Float32Array [-1, 1, -1, 0]
 * normalize({ mean: [0, 1, 0.5, 1], std: 1 })(image).data // Float32Array [0, 0, 0, 0]
 */
export function normalize({ mean, std }: Normalization): (image: HostTensor) => FloatImage {
  const means = typeof mean === 'number' ? [mean] : mean;
  const deviations = typeof std === 'number' ? [std] : std;
  if (!means.every(Number.isFinite) || !deviations.every((deviation) => deviation > 0 && deviation < Infinity)) {
    throw new ArgumentError('normalize', 'means must be finite and deviations positive, got others');
  }
  const transform = (image: HostTensor): FloatImage => {
    const from = checkImage('normalize', image);
    const meanEvery = runOf('mean', means.length, from);
    const stdEvery = runOf('std', deviations.length, from);
    const { shape, data } = from;
    const out = emptyImage(...shape);
    for (let i = 0; i < data.length; ) {
      const runEnd = Math.min(endOfRun(i, meanEvery), endOfRun(i, stdEvery));
      const mean = means[Math.floor(i / meanEvery)];
      const deviation = deviations[Math.floor(i / stdEvery)];
      for (; i < runEnd; i++) out.data[i] = (data[i] - mean) / deviation;
    }
    return out;
  };
  return remember(transform, 'normalize', () => [{ mean, std }]);
}

/** For how many numbers of the image, one after the other, each of `count` values is. */
function runOf(name: string, count: number, { shape, data }: FloatImage): number {
  if (count !== 1 && count !== shape[0] && count !== data.length) {
    throw new ArgumentError('normalize', `${name} must be 1, ${shape[0]} or ${data.length} numbers, got ${count}`);
  }
  return data.length / count;
}

/** Where the run of `every` numbers ends that number `i` is in. */
function endOfRun(i: number, every: number): number {
  return i - (i % every) + every;
}
