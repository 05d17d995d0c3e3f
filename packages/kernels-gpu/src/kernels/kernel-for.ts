import type { KernelAttrs, KernelName, TensorSpec } from '@dl/kernels';
import type { Form, Kernel, Machine } from '../machine.ts';
import { blockedConv2d, blockedConv2dInputGrad, blockedConv2dWeightGrad } from './blocked/conv2d.ts';
import { sheetConv2d, sheetConv2dInputGrad, sheetConv2dWeightGrad } from './blocked/gl-conv2d.ts';
import { sheetMatmul } from './blocked/gl-matmul.ts';
import { blockedMatmul } from './blocked/matmul.ts';
import { kernels } from './table.ts';

/** Faster forms of kernels, each for the problems it suits. */
const forms: { readonly [K in KernelName]?: readonly Form<K>[] } = {
  matmul: [blockedMatmul, sheetMatmul],
  conv2d: [blockedConv2d, sheetConv2d],
  conv2dInputGrad: [blockedConv2dInputGrad, sheetConv2dInputGrad],
  conv2dWeightGrad: [blockedConv2dWeightGrad, sheetConv2dWeightGrad],
};

/** What computes this run on the device: the first form that suits it, else the general kernel, where there is one. */
export function kernelFor<K extends KernelName>(
  machine: Machine,
  kernel: K,
  inputs: readonly TensorSpec[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
): Kernel<K> | undefined {
  const special: readonly Form<K>[] = forms[kernel] ?? [];
  return special.find((form) => form.suits(machine, inputs, attrs, out))?.compute ?? kernels[kernel];
}
