import { createTypedArray } from '@dl/kernels';
import { reshape, runScope, stack, type Tensor, tensor, withRecorder } from '@dl/tensor';
import { grad } from './grad.ts';
import { checkEntries, type JacobianOptions, oneHotLike } from './jacobian-size.ts';
import { checkSources, Tape } from './tape.ts';

/**
 * The Jacobian function of `fn` by its first argument: $J_{i j} = \partial f_i / \partial x_j$, shaped `[...output, ...input]`. One
 * forward pass and one backward pass an output element; {@link jacfwd} is for functions with fewer inputs than outputs.
 *
 * @param fn - any function of a tensor
 * @throws {@link ArgumentError} when the matrix would have more entries than `maxEntries`
 * @throws {@link DTypeError} when the argument or the value is not float
 * @example
 * await jacobian((x: Tensor) => x.mul(x))(tensor([1, 2])).array() // [[2, 0], [0, 4]]
 */
export function jacobian(fn: (x: Tensor) => Tensor, options: JacobianOptions = {}): (x: Tensor) => Tensor {
  return (x) => {
    checkSources('jacobian', [x]);
    return runScope('jacobian', () => {
      const tape = new Tape([x]);
      const value = withRecorder(tape, () => fn(x));
      checkSources('jacobian', [value]);
      checkEntries('jacobian', value, x, options);
      const shape = [...value.shape, ...x.shape];
      if (value.size === 0) return tensor(createTypedArray(x.dtype, 0), { shape, dtype: x.dtype, backend: x.backend });
      const rows = Array.from({ length: value.size }, (_, i) =>
        runScope('jacobian', () => tape.backward(value, oneHotLike(value, i), [x])[0]),
      );
      return reshape(stack(rows, 0), shape);
    });
  };
}

/**
 * The Hessian function of a scalar function: $H_{i j} = \partial^2 f / \partial x_i \partial x_j$, shaped `[...input, ...input]`. See
 * {@link hvp} for products with it.
 *
 * @param fn - returns one number
 * @throws {@link ArgumentError} when the matrix would have more entries than `maxEntries`
 * @throws {@link ShapeError} when `fn` returns more than one element
 * @example
 * await hessian((x: Tensor) => x.mul(x).mul(x).sum())(tensor([1, 2])).array() // [[6, 0], [0, 12]]
 */
export function hessian(fn: (x: Tensor) => Tensor, options: JacobianOptions = {}): (x: Tensor) => Tensor {
  return jacobian((x) => grad(fn)(x), options);
}
