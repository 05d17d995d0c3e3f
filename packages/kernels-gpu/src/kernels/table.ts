import type { KernelName } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { binary, select } from './binary.ts';
import { cast } from './cast.ts';
import { fill, iota } from './create.ts';
import { concat, copyStrided, pad } from './layout.ts';
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
};
