import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import { tensor } from '../../core/create.ts';
import type { Tensor } from '../../core/tensor.ts';
import { where } from '../comparison/where.ts';

/** `x` where `isKept(column - row)` holds in each of its matrices, 0 elsewhere. */
export function keepTriangle(op: string, x: Tensor, offset: number, isKept: (distance: number) => boolean): Tensor {
  if (x.rank < 2) throw new ShapeError(op, `x must have at least 2 axes, got ${x.rank} (x ${formatShape(x.shape)})`);
  if (!Number.isInteger(offset)) throw new ArgumentError(op, `offset must be an integer, got ${offset}`);
  const [rows, columns] = x.shape.slice(-2);
  const mask = Uint8Array.from({ length: rows * columns }, (_, i) => Number(isKept((i % columns) - Math.floor(i / columns))));
  return where(tensor(mask, { shape: [rows, columns], dtype: 'bool', backend: x.backend }), x, 0);
}
