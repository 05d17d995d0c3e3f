import type { Backend, Shape } from '@dl/kernels';
import { Tensor } from '../../core/tensor.ts';

/** Indices that the host has worked out, as an int32 tensor on `backend`. */
export function hostIndex(backend: Backend, values: readonly number[], shape: Shape = [values.length]): Tensor {
  return new Tensor(backend, backend.upload(Int32Array.from(values), { shape, dtype: 'int32' }), shape, 'int32');
}
