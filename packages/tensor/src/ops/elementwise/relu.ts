import { fuse } from '../../core/fused-op.ts';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { where } from '../comparison/where.ts';
import { unaryOp } from './unary-op.ts';

// `lessEqual`, not `greater`: at NaN the gradient passes, as in PyTorch.
const reluOp = unaryOp(
  'relu',
  (grad, { output }) => fuse('reluGrad', [output, grad], {}, [output])?.[0] ?? where(lessEqual(output, 0), 0, grad),
  { accepts: 'signed' },
);

/**
 * Rectified linear unit, $y = \max(x, 0)$; NaN stays NaN. The gradient at 0 is 0, as in PyTorch.
 *
 * @param x - any shape `[...]`, float or int32
 * @returns same shape and dtype as `x`
 * @throws {@link DTypeError} for uint8 and bool
 * @example
 * await relu(tensor([-1, 0, 2])).data() // Float32Array [0, 0, 2]
 * @see Nair & Hinton, Rectified linear units improve restricted Boltzmann machines, 2010
 */
export function relu(x: Tensor): Tensor {
  return apply(reluOp, [x], {});
}
