import type { KernelBuffer } from '@dl/kernels';
import { Tensor } from '@dl/tensor';

/** Runs `fn` and tells which of `tensors` had their blocks read meanwhile, by whichever handle of theirs a closure holds. */
export function watchReads(tensors: Iterable<Tensor>, fn: () => void): Set<Tensor> {
  const read = new Set<Tensor>();
  const watched = new Set(tensors);
  for (const x of watched) {
    // An own property hides the getter of the class until it is deleted.
    const get = (): KernelBuffer => {
      read.add(x);
      return Reflect.get(Tensor.prototype, 'buffer', x);
    };
    Object.defineProperty(x, 'buffer', { get, configurable: true });
  }
  try {
    fn();
  } finally {
    for (const x of watched) Reflect.deleteProperty(x, 'buffer');
  }
  return read;
}
