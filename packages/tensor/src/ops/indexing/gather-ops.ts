import { gatherShape, type Shape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';

interface GatherAttrs {
  readonly axis: number;
}

interface ScatterAttrs {
  readonly axis: number;
  readonly shape: Shape;
}

/** x, index of the shape of x but along the axis → elements of x. */
export const gatherOp: Op<GatherAttrs> = {
  name: 'gather',
  infer: ([x, index], { axis }) => ({ shape: gatherShape('gather', x.shape, index.shape, axis), dtype: x.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('gather', inputs, attrs, out),
  vjp: [(grad, { inputs: [x, index], attrs: { axis } }) => apply(scatterAddOp, [index, grad], { axis, shape: x.shape }), null],
  jvp: [(tangent, { inputs: [, index], attrs }) => apply(gatherOp, [tangent, index], attrs), null],
};

/** index, src of its shape → zeros of the shape in the attributes, plus src at the indices: the adjoint of a gather. */
export const scatterAddOp: Op<ScatterAttrs> = {
  name: 'scatterAdd',
  infer: ([, src], { shape }) => ({ shape, dtype: src.dtype }),
  forward: (backend, inputs, { axis }, out) => backend.run('scatterAdd', inputs, { axis }, out),
  vjp: [null, (grad, { inputs: [index], attrs: { axis } }) => apply(gatherOp, [grad, index], { axis })],
  jvp: [null, (tangent, { inputs: [index], attrs }) => apply(scatterAddOp, [index, tangent], attrs)],
};
