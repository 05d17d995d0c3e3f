import type { KernelName } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { binary, select } from './binary.ts';
import { cast } from './cast.ts';
import { conv2d, conv2dInputGrad, conv2dWeightGrad } from './conv2d.ts';
import { fill, iota } from './create.ts';
import { concat, copyStrided, pad } from './layout.ts';
import { matmul } from './matmul.ts';
import { avgPool2d, avgPool2dGrad, maxPool2dIndices } from './pool2d.ts';
import { resize2d, resize2dGrad } from './resize2d.ts';
import { unary } from './unary.ts';

/** Every kernel that the device computes. */
export const kernels: { readonly [K in KernelName]?: Kernel<K> } = {
  fill,
  iota,
  unary,
  binary,
  select,
  cast,
  copyStrided,
  pad,
  concat,
  matmul,
  conv2d,
  conv2dInputGrad,
  conv2dWeightGrad,
  maxPool2dIndices,
  avgPool2d,
  avgPool2dGrad,
  resize2d,
  resize2dGrad,
};
