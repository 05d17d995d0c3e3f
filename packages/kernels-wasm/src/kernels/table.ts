import type { KernelName } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { binary, select } from './binary.ts';
import { cast } from './cast.ts';
import { conv2d, conv2dInputGrad, conv2dWeightGrad } from './conv2d.ts';
import { fill, iota, randomBits } from './create.ts';
import { argsort, gather, indexAdd, indexSelect, scatterAdd } from './indexing.ts';
import { concat, copyStrided, pad } from './layout.ts';
import { factor, solve } from './linalg.ts';
import { matmul } from './matmul.ts';
import { avgPool2d, avgPool2dGrad, maxPool2dIndices } from './pool2d.ts';
import { argReduce, cumulativeSum, reduce } from './reduce.ts';
import { resize2d, resize2dGrad } from './resize2d.ts';
import { unary } from './unary.ts';

/** Every kernel of the set. */
export const kernels: { readonly [K in KernelName]: Kernel<K> } = {
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
