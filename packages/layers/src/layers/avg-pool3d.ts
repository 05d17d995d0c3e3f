import { type AvgPool3dOptions, avgPool3d, type NumberOrTriple, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { type ReceptiveWindow, volumeWindow, type Windowed } from './receptive-window.ts';

/**
 * The mean of each window; options and equation at {@link avgPool3d}. The stride is the kernel size unless said.
 *
 * @example
 * new AvgPool3d(2).forward(ones([1, 3, 8, 8, 8])).shape // [1, 3, 4, 4, 4]
 */
export class AvgPool3d extends Module implements Layer, Windowed {
  readonly #kernelSize: NumberOrTriple;
  readonly #options: AvgPool3dOptions;

  constructor(kernelSize: NumberOrTriple, options: AvgPool3dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /** What one voxel of the output sees. */
  get receptiveWindow(): ReceptiveWindow {
    const { stride = this.#kernelSize } = this.#options;
    return volumeWindow(this.#kernelSize, stride);
  }

  /**
   * @param x - `[n, c, d, h, w]`
   * @returns `[n, c, od, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return avgPool3d(x, this.#kernelSize, this.#options);
  }
}
