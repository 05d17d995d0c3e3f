import { ArgumentError, formatShape, type Shape, ShapeError, sizeOf } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { hostTensor } from './host-tensor.ts';
import type { InitOptions } from './options.ts';

/** Options of {@link dirac}. */
export interface DiracOptions extends Omit<InitOptions, 'rng'> {
  /** Of the convolution. Default 1. */
  readonly groups?: number | undefined;
}

/**
 * A 1 in the middle of the kernel from each channel to itself: a convolution that hands on as many of its channels as it can.
 *
 * @param shape - `[out, in / groups, ...kernel]` with one to three axes of the kernel
 * @throws {@link ShapeError} for another number of axes
 * @throws {@link ArgumentError} unless `groups` divides the first extent
 * @example
 * await init.dirac([2, 2, 3]).array() // [[[0, 1, 0], [0, 0, 0]], [[0, 0, 0], [0, 1, 0]]]
 */
export function dirac(shape: Shape, { groups = 1, ...options }: DiracOptions = {}): Tensor {
  const [outChannels, inChannels, ...kernel] = shape;
  if (kernel.length < 1 || kernel.length > 3) {
    throw new ShapeError('dirac', `the shape must be [out, in, ...kernel] with 3 to 5 axes, got ${formatShape(shape)}`);
  }
  if (!Number.isInteger(groups) || groups < 1 || outChannels % groups !== 0) {
    throw new ArgumentError('dirac', `groups must divide the first extent, got ${groups} (shape ${formatShape(shape)})`);
  }
  const taps = sizeOf(kernel);
  const middle = kernel.reduce((index, extent) => index * extent + Math.floor(extent / 2), 0);
  const ofGroup = outChannels / groups;
  return hostTensor(shape, options, (values) => {
    for (let out = 0; out < outChannels; out++) {
      const channel = out % ofGroup;
      if (channel < inChannels) values[(out * inChannels + channel) * taps + middle] = 1;
    }
  });
}
