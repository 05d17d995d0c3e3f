import { onesLike, runScope, type Tensor, withRecorder } from '@dl/tensor';
import { checkScalar, checkSources, Tape } from './tape.ts';

/**
 * The gradient function of a scalar function by its first argument: `grad(f)(x)` is $\nabla f(x)$, shaped as `x`. It nests:
 * `grad(grad(f))` is the second derivative of a function of one number.
 *
 * @param fn - returns one number; further arguments are passed through
 * @throws {@link ShapeError} when `fn` returns more than one element
 * @throws {@link DTypeError} when the argument or the value is not float
 * @example
 * const cube = (x: Tensor) => x.mul(x).mul(x).sum();
 * await grad(cube)(tensor(2)).item() // 12
 * await grad(grad(cube))(tensor(2)).item() // 12
 */
export function grad<Rest extends readonly unknown[]>(
  fn: (x: Tensor, ...rest: Rest) => Tensor,
): (x: Tensor, ...rest: Rest) => Tensor {
  return (x, ...rest) => gradientsOf('grad', (y) => fn(y, ...rest), [x])[0];
}

/**
 * As {@link grad}, by every argument.
 *
 * @example
 * const [dx, dy] = grads((x: Tensor, y: Tensor) => x.mul(y).sum())(tensor([1, 2]), tensor([3, 4]));
 * await dx.data() // Float32Array [3, 4]
 * await dy.data() // Float32Array [1, 2]
 */
export function grads(fn: (...xs: Tensor[]) => Tensor): (...xs: Tensor[]) => Tensor[] {
  return (...xs) => gradientsOf('grads', fn, xs);
}

function gradientsOf(op: string, fn: (...xs: Tensor[]) => Tensor, xs: readonly Tensor[]): Tensor[] {
  checkSources(op, xs);
  return runScope(op, () => {
    const tape = new Tape(xs);
    const value = withRecorder(tape, () => fn(...xs));
    checkScalar(op, value);
    return tape.consume(value, onesLike(value), xs);
  });
}
