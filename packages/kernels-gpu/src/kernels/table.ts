import type { KernelName } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { argReduce } from './arg-reduce.ts';
import { binary, select } from './binary.ts';
import { cast } from './cast.ts';
import { conv2d, conv2dInputGrad, conv2dWeightGrad } from './conv2d.ts';
import { fill, iota } from './create.ts';
import { cumulativeSum } from './cumulative-sum.ts';
import { gather, indexSelect } from './gather.ts';
import { indexAdd } from './index-add.ts';
import { concat, copyStrided, pad } from './layout.ts';
import { matmul } from './matmul.ts';
import { avgPool2d, avgPool2dGrad, maxPool2dIndices } from './pool2d.ts';
import { reduce } from './reduce.ts';
import { resize2d, resize2dGrad } from './resize2d.ts';
import { scatterAdd } from './scatter-add.ts';
import { unary } from './unary.ts';

/** Every kernel that the device computes. */
export const kernels: { readonly [K in KernelName]?: Kernel<K> } = {
  fill,
  iota,
  unary,
  binary,
  select,
  cast,
  reduce,
  argReduce,
  cumulativeSum,
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
  gather,
  scatterAdd,
  indexSelect,
  indexAdd,
};
