import { checkShape, createTypedArray } from '@dl/kernels';
import { currentBackend } from '../../core/backend.ts';
import { Tensor } from '../../core/tensor.ts';
import type { CreateOptions } from './options.ts';

/**
 * Identity matrix: ones on the main diagonal, zeros elsewhere.
 *
 * @param columns - default: as many as rows
 * @returns `[rows, columns]`
 * @throws {@link ArgumentError} for an extent that is no non-negative integer
 * @example
 * await eye(2).array() // [[1, 0], [0, 1]]
 * await eye(2, 3).array() // [[1, 0, 0], [0, 1, 0]]
 */
export function eye(
  rows: number,
  columns: number = rows,
  { dtype = 'float32', backend = currentBackend() }: CreateOptions = {},
): Tensor {
  const shape = [rows, columns];
  checkShape('eye', shape);
  const values = createTypedArray(dtype, rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) values[i * (columns + 1)] = 1;
  return new Tensor(backend, backend.upload(values, { shape, dtype }), shape, dtype);
}
