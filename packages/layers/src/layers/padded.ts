import { ArgumentError, type Pair } from '@dl/kernels';
import { type PadMode, pad, type Tensor } from '@dl/tensor';

/** What a convolutional layer puts around its input: `zeros`, or what {@link pad} knows by the other names. */
export type PaddingMode = 'zeros' | Exclude<PadMode, 'constant'>;

/** Amounts on both sides of each image axis, or a word that the op understands. */
type Padding = number | readonly number[] | 'same' | 'valid';

/**
 * `x` with its image axes padded in a mode other than zeros, by as much as a convolution would.
 *
 * @param kernel - extents of the kernel, for `'same'`
 * @throws {@link ArgumentError} for an unknown mode
 */
export function padded(
  layer: string,
  x: Tensor,
  mode: Exclude<PaddingMode, 'zeros'>,
  padding: Padding,
  kernel: readonly number[],
  dilation: number | readonly number[],
): Tensor {
  if (mode !== 'reflect' && mode !== 'replicate' && mode !== 'circular') {
    throw new ArgumentError(layer, `paddingMode must be 'zeros', 'reflect', 'replicate' or 'circular', got ${String(mode)}`);
  }
  const sides = kernel.map((extent, axis): Pair => {
    if (padding === 'valid') return [0, 0];
    if (padding !== 'same') {
      const both = typeof padding === 'number' ? padding : padding[axis];
      return [both, both];
    }
    const total = (typeof dilation === 'number' ? dilation : dilation[axis]) * (extent - 1);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  return pad(x, [...x.shape.slice(0, -kernel.length).map((): Pair => [0, 0]), ...sides], { mode });
}
