import { linear, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import { defaultBias, defaultWeight } from '../init/default-init.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';

/** Options of {@link Linear}. */
export interface LinearOptions {
  /** Whether a learnt constant is added. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Fully connected layer, $y = x W^\top + b$ over the last axis.
 *
 * Weights and bias start uniform in $\pm 1 / \sqrt{\text{inFeatures}}$, as in PyTorch.
 *
 * @example
 * const layer = new Linear(3, 2);
 * layer.weight.shape // [2, 3]
 * layer.forward(ones([5, 3])).shape // [5, 2]
 */
export class Linear extends Module implements Layer {
  /** `[outFeatures, inFeatures]`. */
  readonly weight: Parameter;
  /** `[outFeatures]`. */
  readonly bias: Parameter | undefined;

  /** @throws {@link ArgumentError} unless both counts are positive integers */
  constructor(inFeatures: number, outFeatures: number, { bias = true, rng }: LinearOptions = {}) {
    super();
    checkCount('Linear', 'inFeatures', inFeatures);
    checkCount('Linear', 'outFeatures', outFeatures);
    const shape = [outFeatures, inFeatures];
    this.weight = defaultWeight(shape, rng);
    this.bias = bias ? defaultBias(shape, rng) : undefined;
  }

  /**
   * @param x - `[..., inFeatures]`
   * @returns `[..., outFeatures]`
   * @throws {@link ShapeError} when the last axis has another extent
   */
  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
