import { alias, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Its input: what stands in for a layer that is left out.
 *
 * @example
 * await new Identity().forward(tensor([1, 2])).data() // Float32Array [1, 2]
 */
export class Identity extends Module implements Layer {
  /** @returns a handle of its own on the values of `x` */
  override forward(x: Tensor): Tensor {
    return alias(x);
  }
}
