import type { FusedKernelName } from '@dl/kernels';
import type { FusedKernel } from '../machine.ts';
import { batchNorm, batchNormGrad, scaleShift } from './batch-norm.ts';
import { softmaxCrossEntropy, softmaxCrossEntropyGrad } from './cross-entropy.ts';
import { layerNorm, layerNormGrad } from './layer-norm.ts';
import { lstmCell, lstmCellGrad } from './lstm-cell.ts';
import { maxPool2dGrad } from './pool2d.ts';
import { reluGrad } from './relu-grad.ts';
import { logSoftmax, logSoftmaxGrad, softmax, softmaxGrad } from './softmax.ts';
import { adamStep, sgdStep } from './steps.ts';

/** The fused kernels that pay on a GPU: not a whole LSTM, whose steps are launches of products anyway. */
export const fusedKernels: { readonly [K in FusedKernelName]?: FusedKernel<K> } = {
  softmax,
  softmaxGrad,
  logSoftmax,
  logSoftmaxGrad,
  softmaxCrossEntropy,
  softmaxCrossEntropyGrad,
  reluGrad,
  maxPool2dGrad,
  scaleShift,
  batchNorm,
  batchNormGrad,
  layerNorm,
  layerNormGrad,
  lstmCell,
  lstmCellGrad,
  adamStep,
  sgdStep,
};
