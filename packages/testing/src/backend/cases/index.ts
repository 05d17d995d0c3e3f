import type { KernelName } from '@dl/kernels';
import type { KernelCases } from '../kernel-case.ts';
import { fill, iota, randomBits } from './create.ts';
import { binary, cast, select, unary } from './elementwise.ts';
import { avgPool2d, avgPool2dGrad, maxPool2dIndices, resize2d, resize2dGrad } from './image.ts';
import { argsort, gather, indexAdd, indexSelect, scatterAdd } from './indexing.ts';
import { concat, copyStrided, pad } from './layout.ts';
import { factor, solve } from './linalg.ts';
import { conv2d, conv2dInputGrad, conv2dWeightGrad, matmul } from './linear.ts';
import { argReduce, cumulativeSum, reduce } from './reduce.ts';

/** Runs of every kernel. */
export const kernelCases: { readonly [K in KernelName]: KernelCases<K> } = {
  fill,
  iota,
  randomBits,
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
  argsort,
  factor,
  solve,
};
