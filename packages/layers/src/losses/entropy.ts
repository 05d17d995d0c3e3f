import { DTypeError, isFloat } from '@dl/kernels';
import { neg, sum, type Tensor } from '@dl/tensor';
import { xLogX } from './x-log-x.ts';

/**
 * Entropy of distributions in nats, $H(P) = -\sum_i p_i \ln p_i$ with $0 \ln 0 = 0$. The cross-entropy of $P$ and $Q$ is
 * $H(P) + \operatorname{KL}(P \,\|\, Q)$, see {@link klDiv}: to minimise the one by $Q$ is to minimise the other.
 *
 * @param probabilities - any shape with the axis, float, with sum 1 along it
 * @param axis - of the events. Default: the last
 * @returns the shape without the axis
 * @throws {@link ShapeError} for an axis out of range
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await entropy(tensor([[0.5, 0.5], [1, 0]])).data() // Float32Array [0.6931472, 0]
 * @see Shannon, A mathematical theory of communication, 1948
 */
export function entropy(probabilities: Tensor, axis = -1): Tensor {
  if (!isFloat(probabilities.dtype)) {
    throw new DTypeError('entropy', `dtype must be float, got ${probabilities.dtype}: convert it with cast(x, 'float32')`);
  }
  return neg(sum(xLogX(probabilities), axis));
}
