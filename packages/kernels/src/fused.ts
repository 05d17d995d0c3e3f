import type { NoAttrs, Pool2dAttrs } from './attrs.ts';

/** Numbers of one step of Adam; the corrections $1 - \beta^t$ are the caller's, who counts the steps. */
export interface AdamStepAttrs {
  /** $\eta / (1 - \beta_1^t)$. */
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** $\sqrt{1 - \beta_2^t}$. */
  readonly correction: number;
  /** $\lambda$ of an L2 penalty: the gradient gains $\lambda \theta$. */
  readonly penalty: number;
  /** What the value is multiplied by before the step: $1 - \eta \lambda$ of AdamW, else 1. */
  readonly shrink: number;
}

/** Numbers of one step of stochastic gradient descent. */
export interface SgdStepAttrs {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  /** $\lambda$ of an L2 penalty: the gradient gains $\lambda \theta$. */
  readonly penalty: number;
  readonly nesterov: boolean;
}

/**
 * Fused kernels, with the attributes of each: what some backends do in one pass where kernels of {@link KernelAttrs} take many.
 *
 * No backend owes one: an op asks {@link Backend.fuses}, and where the answer is no it runs a composite of the set, which is the oracle of
 * the fused kernel, too. So one is added when a profile asks for it, and left out wherever it does not pay. They are pure, as all kernels are:
 * outputs are new blocks. Shapes and dtypes are checked before, indices are checked by the kernel, as in the set.
 *
 * | kernel | inputs → outs |
 * |---|---|
 * | `softmax`, `logSoftmax` | x → y, along `axis` |
 * | `softmaxGrad`, `logSoftmaxGrad` | y, dy → dx |
 * | `softmaxCrossEntropy` | x `[n, c]`, target int32 `[n]` → losses `[n]`, how many count `[]`, softmax `[n, c]`; a target of `ignoreIndex` has the loss 0 and does not count |
 * | `softmaxCrossEntropyGrad` | softmax `[n, c]`, target, dlosses `[n]` → dx |
 * | `reluGrad` | y, dy → dy where y is not ≤ 0, else 0 |
 * | `maxPool2dGrad` | dy `[n, c, oh, ow]`, indices of `maxPool2dIndices` → dx, shaped as the out: the sum of the dy whose index names the pixel |
 * | `scaleShift` | x `[n, c, l]`, a `[c]`, b `[c]` → a x + b, channel by channel |
 * | `batchNorm` | x `[n, c, l]`, weight `[c]`, bias `[c]` → y, mean `[c]`, biased variance `[c]` |
 * | `batchNormGrad` | x, weight, mean, variance, dy → dx, dweight, dbias |
 * | `layerNorm` | x `[n, d]`, weight `[d]`, bias `[d]` → y, mean `[n]`, biased variance `[n]` |
 * | `layerNormGrad` | x, weight, mean, variance, dy → dx, dweight, dbias |
 * | `lstmCell` | gates `[n, 4 h]` (input, forget, cell, output, before their activations), c `[n, h]` → next h, next c, activated gates |
 * | `lstmCellGrad` | activated gates, c, next c, dh, dc → dgates, the gradient by c |
 * | `lstm` | the input's part of the gates `[t, n, 4 h]`, weight of the hidden state `[4 h, h]`, h `[n, h]`, c `[n, h]` → h and c of all steps `[2, t, n, h]`, activated gates; with `reverse` the last step comes first |
 * | `lstmGrad` | activated gates, weight, c, states `[2, t, n, h]`, their gradients → dgates, the gradients by h and by c |
 * | `adamStep` | value, grad, m, v → value, m, v |
 * | `sgdStep` | value, grad → value; with momentum value, grad, buffer → value, buffer |
 */
export interface FusedKernelAttrs {
  readonly softmax: { readonly axis: number };
  readonly softmaxGrad: { readonly axis: number };
  readonly logSoftmax: { readonly axis: number };
  readonly logSoftmaxGrad: { readonly axis: number };
  readonly softmaxCrossEntropy: { readonly ignoreIndex: number };
  readonly softmaxCrossEntropyGrad: { readonly ignoreIndex: number };
  readonly reluGrad: NoAttrs;
  readonly maxPool2dGrad: Pool2dAttrs;
  readonly scaleShift: NoAttrs;
  readonly batchNorm: { readonly eps: number };
  readonly batchNormGrad: { readonly eps: number };
  readonly layerNorm: { readonly eps: number };
  readonly layerNormGrad: { readonly eps: number };
  readonly lstmCell: NoAttrs;
  readonly lstmCellGrad: NoAttrs;
  readonly lstm: { readonly reverse: boolean };
  readonly lstmGrad: { readonly reverse: boolean };
  readonly adamStep: AdamStepAttrs;
  readonly sgdStep: SgdStepAttrs;
}

/** The name of a fused kernel: a row of {@link FusedKernelAttrs}. */
export type FusedKernelName = keyof FusedKernelAttrs;
