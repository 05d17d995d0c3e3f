import { ArgumentError } from '@dl/kernels';
import { aroundAxis } from '../around-axis.ts';
import type { FusedKernel } from './fused-kernel.ts';

type Along = FusedKernel<'softmax' | 'logSoftmax' | 'softmaxGrad' | 'logSoftmaxGrad'>;

export const softmax: Along = softmaxKernel(false);
export const logSoftmax: Along = softmaxKernel(true);
export const softmaxGrad: Along = gradKernel(false);
export const logSoftmaxGrad: Along = gradKernel(true);

function softmaxKernel(isLog: boolean): Along {
  return ({ wasm }, inputs, at, { axis }, to) => {
    const [outer, extent, inner] = aroundAxis(inputs[0].shape, axis);
    wasm.softmax(isLog, at[0], to[0], outer, extent, inner);
  };
}

function gradKernel(isLog: boolean): Along {
  return ({ wasm }, inputs, at, { axis }, to) => {
    const [outer, extent, inner] = aroundAxis(inputs[0].shape, axis);
    wasm.softmaxGrad(isLog, at[0], at[1], to[0], outer, extent, inner);
  };
}

export const softmaxCrossEntropy: FusedKernel<'softmaxCrossEntropy'> = ({ wasm, heap }, inputs, at, { ignoreIndex }, to) => {
  const [rows, classes] = inputs[0].shape;
  const bad = wasm.softmaxCrossEntropy(ignoreIndex, at[0], at[1], to[0], to[1], to[2], rows, classes);
  if (bad < 0) return;
  const got = heap.int32At(at[1], bad + 1)[bad];
  throw new ArgumentError('softmaxCrossEntropy', `indices must be in [0, ${classes}), got ${got}`);
};

export const softmaxCrossEntropyGrad: FusedKernel<'softmaxCrossEntropyGrad'> = ({ wasm }, inputs, at, { ignoreIndex }, to) => {
  const [rows, classes] = inputs[0].shape;
  wasm.softmaxCrossEntropyGrad(ignoreIndex, at[0], at[1], at[2], to[0], rows, classes);
};
