import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import type { Triple } from './triple.ts';

/**
 * Refuses what has not five axes.
 *
 * @throws {@link ShapeError} naming the operand
 */
export function checkVolume(op: string, name: string, x: Tensor, axes: string): void {
  if (x.rank === 5) return;
  throw new ShapeError(op, `${name} must have 5 axes ${axes}, got ${x.rank} (${name} ${formatShape(x.shape)})`);
}

/**
 * Refuses a triple that is not three integers of at least `least`.
 *
 * @throws {@link ArgumentError} naming the option
 */
export function checkTriple(op: string, name: string, triple: Triple, least: 0 | 1): void {
  if (triple.length === 3 && triple.every((value) => Number.isInteger(value) && value >= least)) return;
  throw new ArgumentError(op, `${name} must be three integers of at least ${least}, got ${formatShape(triple)}`);
}
