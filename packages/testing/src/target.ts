import { type Backend, createTypedArray, type DType } from '@dl/kernels';
import { Tensor } from '@dl/tensor';
import type { SampleInput } from './record.ts';

/** Where samples run, and which dtype their `float` inputs have there. */
export interface Target {
  readonly backend: Backend;
  readonly float: 'float32' | 'float64';
}

/** The dtype of `input` on `target`. */
export function dtypeOn({ float }: Target, { dtype }: SampleInput): DType {
  return dtype === 'float' ? float : dtype;
}

/** A sample's input as a tensor on `target`. */
export function upload(target: Target, input: SampleInput): Tensor {
  const dtype = dtypeOn(target, input);
  const data = createTypedArray(dtype, input.values.length);
  data.set(input.values);
  return new Tensor(target.backend, target.backend.upload(data, { shape: input.shape, dtype }), input.shape, dtype);
}
