import { createTypedArray } from '@dl/kernels';
import { reshape, runScope, stack, type Tensor, tensor } from '@dl/tensor';
import { checkEntries, type JacobianOptions, oneHotLike } from './jacobian-size.ts';
import { jvp } from './jvp.ts';

/**
 * The {@link jacobian} by forward mode: one pass an element of the argument, without a tape. For functions with fewer inputs than outputs.
 *
 * @param fn - any function of a tensor; it runs once for each element
 * @returns the function of `x` shaped `[...output, ...input]`
 * @throws {@link ArgumentError} when the matrix would have more entries than `maxEntries`
 * @throws {@link DTypeError} when the argument is not float
 * @throws {@link GradientError} for an op without a jvp rule
 * @example
 * const curve = (t: Tensor) => stack([t, t.mul(t)]);
 * await jacfwd(curve)(tensor(3)).data() // Float32Array [1, 6]
 */
export function jacfwd(fn: (x: Tensor) => Tensor, options: JacobianOptions = {}): (x: Tensor) => Tensor {
  return (x) =>
    runScope('jacfwd', () => {
      const value = fn(x);
      checkEntries('jacfwd', value, x, options);
      const shape = [...value.shape, ...x.shape];
      if (x.size === 0) return tensor(createTypedArray(x.dtype, 0), { shape, dtype: x.dtype, backend: x.backend });
      const columns = Array.from({ length: x.size }, (_, i) =>
        runScope('jacfwd', () => jvp(fn, [x], [oneHotLike(x, i)]).tangent),
      );
      return reshape(stack(columns, value.rank), shape);
    });
}
