import type { KernelName } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { argReduce } from './arg-reduce.ts';
import { binary, select } from './binary.ts';
import { cast } from './cast.ts';
import { fill, iota } from './create.ts';
import { cumulativeSum } from './cumulative-sum.ts';
import { gather, indexSelect } from './gather.ts';
import { indexAdd } from './index-add.ts';
import { concat, copyStrided, pad } from './layout.ts';
import { reduce } from './reduce.ts';
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
  gather,
  scatterAdd,
  indexSelect,
  indexAdd,
};
