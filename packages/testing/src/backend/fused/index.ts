import type { FusedKernelName } from '@dl/kernels';
import { softmaxCrossEntropyCases, softmaxCrossEntropyGradCases } from './cross-entropy.ts';
import type { FusedCases } from './fused-case.ts';
import { lstmCellCases, lstmCellGradCases } from './lstm-cell.ts';
import { batchNormCases, batchNormGradCases, layerNormCases, layerNormGradCases, scaleShiftCases } from './norm.ts';
import { maxPool2dGradCases } from './pool.ts';
import { logSoftmaxCases, logSoftmaxGradCases, softmaxCases, softmaxGradCases } from './softmax.ts';
import { adamStepCases, reluGradCases, sgdStepCases } from './steps.ts';

/** Runs of every fused kernel but those over time, which one backend has. */
export const fusedCases: { readonly [K in Exclude<FusedKernelName, 'lstm' | 'lstmGrad'>]: FusedCases<K> } = {
  softmax: softmaxCases,
  softmaxGrad: softmaxGradCases,
  logSoftmax: logSoftmaxCases,
  logSoftmaxGrad: logSoftmaxGradCases,
  softmaxCrossEntropy: softmaxCrossEntropyCases,
  softmaxCrossEntropyGrad: softmaxCrossEntropyGradCases,
  reluGrad: reluGradCases,
  maxPool2dGrad: maxPool2dGradCases,
  scaleShift: scaleShiftCases,
  batchNorm: batchNormCases,
  batchNormGrad: batchNormGradCases,
  layerNorm: layerNormCases,
  layerNormGrad: layerNormGradCases,
  lstmCell: lstmCellCases,
  lstmCellGrad: lstmCellGradCases,
  adamStep: adamStepCases,
  sgdStep: sgdStepCases,
};
