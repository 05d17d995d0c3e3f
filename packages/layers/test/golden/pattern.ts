import { type Tensor, tensor } from '@dl/tensor';

/** The numbers of pattern() in layers.py. */
export function pattern(shape: readonly number[], step: number): Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return tensor(
    Array.from({ length: size }, (_, i) => (((i * step) % 31) - 15) / 8),
    { shape },
  );
}
