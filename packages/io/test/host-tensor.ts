import { createTypedArray, type DType, type HostTensor, sizeOf } from '@dl/kernels';
import fc from 'fast-check';

const values: { readonly [D in DType]: fc.Arbitrary<number> } = {
  float64: fc.double(),
  float32: fc.float(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint8: fc.nat(255),
  bool: fc.nat(1),
};

/** Tensors of every dtype, of rank 0 to 3, empty ones included. */
export const hostTensor: fc.Arbitrary<HostTensor> = fc
  .record({
    dtype: fc.constantFrom<DType>('float64', 'float32', 'int32', 'uint8', 'bool'),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
  })
  .chain(({ dtype, shape }) => {
    const length = sizeOf(shape);
    return fc.array(values[dtype], { minLength: length, maxLength: length }).map((list) => {
      const data = createTypedArray(dtype, length);
      data.set(list);
      return { dtype, shape, data };
    });
  });
