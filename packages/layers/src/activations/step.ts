import { type StepOptions, step, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Threshold unit, $y = 1$ where $x > \theta$, else 0, with gradient 0 everywhere; see {@link step}.
 *
 * @example
 * await new Step().forward(tensor([-1, 0, 2])).data() // Float32Array [0, 0, 1]
 */
export class Step extends Module implements Layer {
  readonly #options: StepOptions;

  constructor(options: StepOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return step(x, this.#options);
  }
}
