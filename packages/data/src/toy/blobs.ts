import { ArgumentError } from '@dl/kernels';
import { HostRandom, streams } from '../random/host-random.ts';
import { type LabelledPoints, labelledPoints, takeTurns } from './labelled-points.ts';
import { checkCount, type ToyOptions } from './toy-options.ts';

/** Options of {@link blobs}; `noise` is the deviation of every blob, by default 1. */
export interface BlobsOptions extends ToyOptions {
  /** Where the blobs are, or how many of them: they are put in $[-10, 10)^2$ then, as the seed says. Default 3. */
  readonly centers?: number | ReadonlyArray<readonly [number, number]> | undefined;
}

/**
 * Normal blobs, a class each: $x \sim \mathcal N(c_y, \text{noise}^2 I)$.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * const points = blobs({ n: 6, centers: [[0, 0], [5, 5]], noise: 0 });
 * points.get(3).x.data // Float32Array [5, 5]
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_blobs.html
 */
export function blobs(options: BlobsOptions = {}): LabelledPoints {
  const { noise = 1, seed = 0, centers = 3 } = options;
  const places = typeof centers === 'number' ? randomCenters(centers, seed) : centers;
  if (places.length === 0 || !places.flat().every(Number.isFinite)) {
    throw new ArgumentError('blobs', `centers must be finite points, got ${JSON.stringify(places)}`);
  }
  return labelledPoints('blobs', { ...options, noise }, (index, n) => {
    const { label } = takeTurns(index, n, places.length);
    return { label, at: places[label] };
  });
}

function randomCenters(count: number, seed: number): ReadonlyArray<readonly [number, number]> {
  checkCount('blobs', 'centers', count, 1);
  const random = new HostRandom('blobs', seed, streams.toy, 0);
  return Array.from({ length: count }, () => [random.uniform(-10, 10), random.uniform(-10, 10)] as const);
}
