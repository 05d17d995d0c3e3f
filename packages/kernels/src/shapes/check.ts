import type { Pair } from '../attrs.ts';
import { ArgumentError, ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../shape.ts';

/** Refuses a pair that is not two integers of at least `least`. */
export function checkPair(op: string, name: string, pair: Pair, least: 0 | 1): void {
  if (pair.length === 2 && pair.every((value) => Number.isInteger(value) && value >= least)) return;
  throw new ArgumentError(op, `${name} must be two integers of at least ${least}, got ${formatShape(pair)}`);
}

/** Refuses a tensor that has not `rank` axes. */
export function checkRank(op: string, name: string, shape: Shape, rank: number, layout: string): void {
  if (shape.length === rank) return;
  throw new ShapeError(op, `${name} must have ${rank} axes ${layout}, got ${shape.length} (${name} ${formatShape(shape)})`);
}
