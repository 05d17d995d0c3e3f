import { type MaxPool3dOptions, maxPool3d, type NumberOrTriple, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { type ReceptiveWindow, volumeWindow, type Windowed } from './receptive-window.ts';

/**
 * The largest value of each window; options and equation at {@link maxPool3d}. The stride is the kernel size unless said.
 *
 * @example
 * new MaxPool3d(2).forward(ones([1, 3, 8, 8, 8])).shape // [1, 3, 4, 4, 4]
 */
export class MaxPool3d extends Module implements Layer, Windowed {
  readonly #kernelSize: NumberOrTriple;
  readonly #options: MaxPool3dOptions;

  constructor(kernelSize: NumberOrTriple, options: MaxPool3dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /** What one voxel of the output sees. */
  get receptiveWindow(): ReceptiveWindow {
    const { stride = this.#kernelSize, dilation } = this.#options;
    return volumeWindow(this.#kernelSize, stride, dilation);
  }

  /**
   * @param x - `[n, c, d, h, w]`
   * @returns `[n, c, od, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return maxPool3d(x, this.#kernelSize, this.#options);
  }
}
