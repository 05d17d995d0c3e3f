import { normalizeAxis } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { checkNotEmpty } from './extreme-op.ts';
import { dropAxes, keptShape, type ReduceOptions } from './reduce-op.ts';

interface ArgExtremeAttrs {
  readonly axis: number;
}

/** The op of the index of an extreme along an axis, which it keeps. */
export function argExtremeOp(name: string, fn: 'min' | 'max'): Op<ArgExtremeAttrs> {
  return {
    name,
    infer: ([x], { axis }) => ({ shape: keptShape(x.shape, [axis]), dtype: 'int32' }),
    forward: (backend, inputs, { axis }, out) => backend.run('argReduce', inputs, { fn, axis }, out),
    vjp: [null],
    jvp: [null],
  };
}

/** Runs an {@link argExtremeOp} along one axis, or over all elements in row-major order. */
export function indexOfExtreme(op: Op<ArgExtremeAttrs>, x: Tensor, axis: number | undefined, options: ReduceOptions): Tensor {
  const wide = x.dtype === 'uint8' || x.dtype === 'bool' ? toDType(x, 'int32') : x;
  if (axis === undefined) {
    const flat = reshape(wide, [x.size]);
    checkNotEmpty(op.name, flat, [0]);
    return reshape(apply(op, [flat], { axis: 0 }), options.keepDims ? x.shape.map(() => 1) : []);
  }
  const along = normalizeAxis(op.name, axis, x.rank);
  checkNotEmpty(op.name, x, [along]);
  return dropAxes(apply(op, [wide], { axis: along }), [along], options);
}
