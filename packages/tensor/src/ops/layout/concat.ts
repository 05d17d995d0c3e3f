import { ArgumentError, concatShape, normalizeAxis, promote } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { slice } from './slice.ts';
import { scatterSteps } from './slice-op.ts';

interface ConcatAttrs {
  readonly axis: number;
}

const concatOp: Op<ConcatAttrs> = {
  name: 'concat',
  infer: (inputs, { axis }) => ({
    shape: concatShape(
      'concat',
      inputs.map(({ shape }) => shape),
      axis,
    ),
    dtype: inputs[0].dtype,
  }),
  forward: (backend, inputs, { axis }, out) => backend.run('concat', inputs, { axis }, out),
  vjp: [
    (grad, { inputs, attrs: { axis } }, index) => {
      const start = startOf(inputs, axis, index);
      const end = start + inputs[index].shape[axis];
      return slice(
        grad,
        grad.shape.map((_, at) => (at === axis ? [start, end] : null)),
      );
    },
  ],
  jvp: [
    (tangent, { inputs, output, attrs: { axis } }, index) => {
      const before = output.shape.map((_, at) => (at === axis ? startOf(inputs, axis, index) : 0));
      return scatterSteps(
        tangent,
        before,
        before.map(() => 1),
        output.shape,
      );
    },
  ],
};

function startOf(inputs: readonly Tensor[], axis: number, index: number): number {
  return inputs.slice(0, index).reduce((sum, { shape }) => sum + shape[axis], 0);
}

/**
 * Joins tensors along one of their axes.
 *
 * @param tensors - at least one; shapes equal but along `axis`. Different dtypes are promoted to the highest
 * @returns the extents along `axis` added up
 * @throws {@link ShapeError} when ranks or other extents differ, or for an axis out of range
 * @throws {@link ArgumentError} for no tensor at all
 * @example
 * await concat([tensor([[1, 2]]), tensor([[3, 4], [5, 6]])]).array() // [[1, 2], [3, 4], [5, 6]]
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) throw new ArgumentError('concat', 'tensors must be at least one, got none');
  const along = normalizeAxis('concat', axis, tensors[0].rank);
  const dtype = tensors.map((x) => x.dtype).reduce(promote);
  return tensors.length === 1
    ? tensors[0]
    : apply(
        concatOp,
        tensors.map((x) => toDType(x, dtype)),
        { axis: along },
      );
}
