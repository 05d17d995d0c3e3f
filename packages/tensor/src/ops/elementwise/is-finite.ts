import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { unaryOp } from './unary-op.ts';

const isFiniteOp = unaryOp('isFinite', null, { out: 'bool' });

/**
 * Whether an element is neither NaN nor infinite.
 *
 * @param x - any shape `[...]`, float
 * @returns bool, the shape of `x`
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await isFinite(tensor([1, NaN, Infinity])).data() // Uint8Array [1, 0, 0]
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the field's word, and in this package no one means the global.
export function isFinite(x: Tensor): Tensor {
  return apply(isFiniteOp, [x], {});
}
