import type { KernelName } from './attrs.ts';
import type { DType } from './dtype.ts';

const everything: readonly DType[] = ['float32', 'int32', 'uint8', 'bool'];
const numbers: readonly DType[] = ['float32', 'int32'];
const floats: readonly DType[] = ['float32'];

/**
 * The dtypes that every backend owes for each kernel; a backend may do more (the reference does float64).
 *
 * Of `unary`, int32 covers the rows that {@link UnaryFn} names for it and every dtype covers `logicalNot`; of `binary`,
 * uint8 and bool cover comparisons and logic; of `reduce`, uint8 and bool cover `min` and `max`.
 */
export const requiredDTypes: { readonly [K in KernelName]: readonly DType[] } = {
  fill: everything,
  iota: numbers,
  randomBits: numbers,
  unary: everything,
  binary: everything,
  select: everything,
  cast: everything,
  reduce: everything,
  argReduce: numbers,
  cumulativeSum: numbers,
  copyStrided: everything,
  pad: everything,
  concat: everything,
  matmul: floats,
  conv2d: floats,
  conv2dInputGrad: floats,
  conv2dWeightGrad: floats,
  maxPool2dIndices: floats,
  avgPool2d: floats,
  avgPool2dGrad: floats,
  resize2d: floats,
  resize2dGrad: floats,
  gather: everything,
  scatterAdd: numbers,
  indexSelect: everything,
  indexAdd: numbers,
  argsort: numbers,
  factor: floats,
  solve: floats,
};
