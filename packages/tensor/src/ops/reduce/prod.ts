import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { exclusiveProd } from './exclusive-prod.ts';
import { type Axes, dropAxes, keptShape, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

interface ProdAttrs {
  readonly axis: number;
}

const prodOp: Op<ProdAttrs> = {
  name: 'prod',
  infer: ([x], { axis }) => ({ shape: keptShape(x.shape, [axis]), dtype: x.dtype }),
  forward: (backend, inputs, { axis }, out) => backend.run('reduce', inputs, { fn: 'prod', axes: [axis] }, out),
  vjp: [(grad, { inputs: [x], attrs: { axis } }) => mul(grad, exclusiveProd(x, axis))],
  jvp: [(tangent, { inputs: [x], attrs: { axis } }) => sum(mul(tangent, exclusiveProd(x, axis)), axis, { keepDims: true })],
};

/**
 * Product over axes, $y = \prod_i x_i$; 1 over an empty one. uint8 and bool are multiplied as int32. The gradient,
 * $\partial y / \partial x_i = \prod_{j \ne i} x_j$, does not divide, and so is right with zeros too.
 *
 * @param x - any shape
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await prod(tensor([[1, 2], [3, 4]])).item() // 24
 * await prod(tensor([[1, 2], [3, 4]]), 0).data() // Float32Array [3, 8]
 */
export function prod(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const attrs = reduceAttrs('prod', axes, options, x.rank);
  const wide = x.dtype === 'uint8' || x.dtype === 'bool' ? toDType(x, 'int32') : x;
  // One axis after the other, the last and contiguous one first: the rule then needs to know of one only.
  const kept = attrs.axes.reduceRight((reduced, axis) => apply(prodOp, [reduced], { axis }), wide);
  return dropAxes(kept, attrs.axes, options);
}
