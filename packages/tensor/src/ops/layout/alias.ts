import type { NoAttrs } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';

const aliasOp: Op<NoAttrs> = {
  name: 'alias',
  infer: ([x]) => x,
  forward(backend, [x]) {
    backend.retain(x.buffer);
    return x.buffer;
  },
  vjp: [(grad) => grad],
  jvp: [(tangent) => tangent],
};

/**
 * Another handle on the values of `x`, with a lifetime of its own; the block is shared. Gradients flow through.
 *
 * @param x - any shape and dtype
 * @example
 * const x = tensor([1, 2]);
 * const y = alias(x);
 * x.dispose();
 * await y.data() // Float32Array [1, 2]
 */
export function alias(x: Tensor): Tensor {
  return apply(aliasOp, [x], {});
}
