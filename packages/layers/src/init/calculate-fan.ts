import { formatShape, type Shape, ShapeError } from '@dl/kernels';

/** How many inputs a unit has, and how many units an input feeds. */
export interface Fan {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * The fans of a weight `[out, in, ...kernel]`: the channels on either side, times the size of the kernel.
 *
 * @throws {@link ShapeError} for fewer than two axes
 * @example
 * init.calculateFan([16, 6, 5, 5]) // { fanIn: 150, fanOut: 400 }
 */
export function calculateFan(shape: Shape): Fan {
  if (shape.length < 2) throw new ShapeError('calculateFan', `a weight must be [out, in, ...kernel], got ${formatShape(shape)}`);
  const [outChannels, inChannels, ...kernel] = shape;
  const taps = kernel.reduce((product, extent) => product * extent, 1);
  return { fanIn: inChannels * taps, fanOut: outChannels * taps };
}
