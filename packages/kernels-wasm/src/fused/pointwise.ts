import { sizeOf } from '@dl/kernels';
import type { FusedKernel } from './fused-kernel.ts';

export const reluGrad: FusedKernel<'reluGrad'> = ({ wasm }, inputs, at, _, to) => {
  wasm.reluGrad(at[0], at[1], to[0], sizeOf(inputs[0].shape));
};

export const adamStep: FusedKernel<'adamStep'> = ({ wasm }, inputs, at, attrs, to) => {
  const { rate, beta1, beta2, eps, correction, penalty, shrink } = attrs;
  const n = sizeOf(inputs[0].shape);
  // The kernel multiplies where the formula divides; 1 - β is rounded once, not after β was.
  const [value, grad, m, v] = at;
  const [nextValue, nextM, nextV] = to;
  const inverse = 1 / correction;
  const shares = [1 - beta1, 1 - beta2] as const;
  wasm.adamStep(rate, beta1, beta2, ...shares, eps, inverse, penalty, shrink, value, grad, m, v, nextValue, nextM, nextV, n);
};

export const sgdStep: FusedKernel<'sgdStep'> = ({ wasm }, inputs, at, attrs, to) => {
  const { lr, momentum, dampening, penalty, nesterov } = attrs;
  const n = sizeOf(inputs[0].shape);
  if (inputs.length === 2) wasm.sgdStep(lr, penalty, at[0], at[1], to[0], n);
  else wasm.momentumStep(lr, momentum, 1 - dampening, penalty, nesterov, at[0], at[1], at[2], to[0], to[1], n);
};
