import type { FusedKernelName } from '@dl/kernels';
import type { FusedKernel } from './fused-kernel.ts';
import { lstm, lstmCell, lstmCellGrad, lstmGrad } from './lstm.ts';
import { batchNorm, batchNormGrad, layerNorm, layerNormGrad, scaleShift } from './norm.ts';
import { adamStep, reluGrad, sgdStep } from './pointwise.ts';
import { logSoftmax, logSoftmaxGrad, softmax, softmaxCrossEntropy, softmaxCrossEntropyGrad, softmaxGrad } from './softmax.ts';

/** The fused kernels that pay here, on float32. `maxPool2dGrad` does not: a scatter takes a pass over the windows as well. */
export const fusedKernels: { readonly [K in FusedKernelName]?: FusedKernel<K> } = {
  softmax,
  softmaxGrad,
  logSoftmax,
  logSoftmaxGrad,
  softmaxCrossEntropy,
  softmaxCrossEntropyGrad,
  reluGrad,
  scaleShift,
  batchNorm,
  batchNormGrad,
  layerNorm,
  layerNormGrad,
  lstmCell,
  lstmCellGrad,
  lstm,
  lstmGrad,
  adamStep,
  sgdStep,
};
