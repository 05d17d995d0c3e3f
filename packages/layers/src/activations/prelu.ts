import { full, Parameter, prelu, type Tensor } from '@dl/tensor';
import { checkCount } from '../layers/check-count.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** Options of {@link PReLU}. */
export interface PReLUOptions {
  /** What the slopes start with. Default 0.25. */
  readonly init?: number | undefined;
}

/**
 * Rectifier with a learnt slope below 0, for each channel or one for all; see {@link prelu}. Keep weight decay away from the slopes: it pulls
 * them to a plain rectifier.
 *
 * @example
 * const layer = new PReLU(3);
 * layer.weight.shape // [3]
 * await layer.forward(tensor([[-4, 0, 4]])).data() // Float32Array [-1, 0, 4]
 * @see He, Zhang, Ren & Sun, Delving deep into rectifiers, 2015
 */
export class PReLU extends Module implements Layer {
  /** The slopes, `[numParameters]`. */
  readonly weight: Parameter;

  /**
   * @param numParameters - 1, or the number of channels
   * @throws {@link ArgumentError} unless it is a positive integer
   */
  constructor(numParameters = 1, { init = 0.25 }: PReLUOptions = {}) {
    super();
    checkCount('PReLU', 'numParameters', numParameters);
    this.weight = new Parameter(full([numParameters], init));
  }

  /**
   * @param x - `[n, c, ...]`, float; any shape with one slope
   * @throws {@link ShapeError} for another number of channels
   */
  override forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}
