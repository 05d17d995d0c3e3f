import { ArgumentError } from '@dl/kernels';
import type { Rng } from '@dl/tensor';
import type { Dimension } from './space/dimension.ts';
import type { SearchSpace } from './trial.ts';

/** One combination at random. */
export function draw<P>(space: SearchSpace<P>, rng: Rng): P {
  const entries = Object.entries<Dimension<unknown>>(space).map(([name, dimension]) => [name, dimension.sample(rng.next())]);
  return Object.fromEntries(entries) as P;
}

/** @throws {@link ArgumentError} unless `count` is a positive integer */
export function checkCount(op: string, name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new ArgumentError(op, `${name} must be a positive integer, got ${count}`);
}
