import { normalizeAxis } from '@dl/kernels';
import { checkSigned } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';

/** Options of {@link argsort} and {@link sort}. */
export interface SortOptions {
  /** Largest first. Default `false`. */
  readonly descending?: boolean | undefined;
}

interface ArgsortAttrs {
  readonly axis: number;
  readonly descending: boolean;
}

const argsortOp: Op<ArgsortAttrs> = {
  name: 'argsort',
  infer: ([x]) => ({ shape: x.shape, dtype: 'int32' }),
  forward: (backend, inputs, attrs, out) => backend.run('argsort', inputs, attrs, out),
  vjp: [null],
  jvp: [null],
};

/**
 * The indices that sort `x` along an axis. Equal elements keep their order (in both directions), NaN counts as largest.
 *
 * @param x - any shape but a scalar, float or int32
 * @param axis - default: the last
 * @returns the shape of `x`, int32; `gather(x, indices, axis)` is sorted
 * @throws {@link ShapeError} for an axis out of range
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await argsort(tensor([3, 1, 2])).data() // Int32Array [1, 2, 0]
 */
export function argsort(x: Tensor, axis = -1, options: SortOptions = {}): Tensor {
  return orderAlong('argsort', x, axis, options.descending ?? false);
}

/** {@link argsort} on behalf of another op, which is named in its errors. */
export function orderAlong(op: string, x: Tensor, axis: number, descending: boolean): Tensor {
  checkSigned(op, x.dtype);
  return apply(argsortOp, [x], { axis: normalizeAxis(op, axis, x.rank), descending });
}
