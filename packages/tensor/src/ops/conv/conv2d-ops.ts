import { type Conv2dAttrs, conv2dShape, type Shape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { oneFloat } from '../linear/one-float.ts';

/** A convolution whose output shape the inputs do not tell: one of its two gradients. */
export interface Conv2dGradAttrs extends Conv2dAttrs {
  readonly shape: Shape;
}

/*
 * y = conv2d(x, w) is linear in x and in w. With <y, dy> = <x, inputGrad(dy, w)> = <w, weightGrad(x, dy)> the three are each other's
 * derivatives, so a rule of one is an application of another, and any order follows.
 */

/** x `[n, c, h, w]`, weight `[o, c / groups, kh, kw]` → `[n, o, oh, ow]`. */
export const conv2dOp: Op<Conv2dAttrs> = {
  name: 'conv2d',
  infer([x, weight], attrs) {
    return { shape: conv2dShape('conv2d', x.shape, weight.shape, attrs), dtype: oneFloat('conv2d', x, weight) };
  },
  forward: (backend, inputs, attrs, out) => backend.run('conv2d', inputs, attrs, out),
  vjp: [
    (grad, { inputs: [x, weight], attrs }) => apply(conv2dInputGradOp, [grad, weight], { ...attrs, shape: x.shape }),
    (grad, { inputs: [x, weight], attrs }) => apply(conv2dWeightGradOp, [x, grad], { ...attrs, shape: weight.shape }),
  ],
  jvp: [
    (tangent, { inputs: [, weight], attrs }) => apply(conv2dOp, [tangent, weight], attrs),
    (tangent, { inputs: [x], attrs }) => apply(conv2dOp, [x, tangent], attrs),
  ],
};

/** dy `[n, o, oh, ow]`, weight → dx of the shape in the attributes. Also the transposed convolution. */
export const conv2dInputGradOp: Op<Conv2dGradAttrs> = {
  name: 'conv2dInputGrad',
  infer: ([dy], { shape }) => ({ shape, dtype: dy.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('conv2dInputGrad', inputs, attrs, out),
  vjp: [
    (grad, { inputs: [, weight], attrs }) => apply(conv2dOp, [grad, weight], attrs),
    (grad, { inputs: [dy, weight], attrs }) => apply(conv2dWeightGradOp, [grad, dy], { ...attrs, shape: weight.shape }),
  ],
  jvp: [
    (tangent, { inputs: [, weight], attrs }) => apply(conv2dInputGradOp, [tangent, weight], attrs),
    (tangent, { inputs: [dy], attrs }) => apply(conv2dInputGradOp, [dy, tangent], attrs),
  ],
};

/** x, dy → dw of the shape in the attributes. */
export const conv2dWeightGradOp: Op<Conv2dGradAttrs> = {
  name: 'conv2dWeightGrad',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('conv2dWeightGrad', inputs, attrs, out),
  vjp: [
    (grad, { inputs: [x, dy], attrs }) => apply(conv2dInputGradOp, [dy, grad], { ...attrs, shape: x.shape }),
    (grad, { inputs: [x], attrs }) => apply(conv2dOp, [x, grad], attrs),
  ],
  jvp: [
    (tangent, { inputs: [, dy], attrs }) => apply(conv2dWeightGradOp, [tangent, dy], attrs),
    (tangent, { inputs: [x], attrs }) => apply(conv2dWeightGradOp, [x, tangent], attrs),
  ],
};
