import * as dl from '@dl/tensor';
import type { OpErrorSample } from '../../record.ts';
import { integers, uniform } from '../../sample.ts';

/** What every normalisation says of integers. */
export function dtypeError(name: string, call: (x: dl.Tensor) => unknown): OpErrorSample {
  return {
    name: 'int32',
    inputs: [integers([1, 2, 3, 4, 5, 6], [2, 3])],
    call,
    error: dl.DTypeError,
    message: `${name}: dtype must be float, got int32: convert it with cast(x, 'float32')`,
  };
}

/** What every normalisation says of an `eps` below 0. */
export function epsError(name: string, call: (x: dl.Tensor) => unknown): OpErrorSample {
  return {
    name: 'a negative eps',
    inputs: [uniform([2, 3])],
    call,
    error: dl.ArgumentError,
    message: `${name}: eps must be a number ≥ 0, got -1`,
  };
}
