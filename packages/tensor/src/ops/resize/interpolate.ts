import { ArgumentError, type Resize2dAttrs, resize2dShape, type Shape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type NumberOrPair, pairOf } from '../conv/pair.ts';

/** Options of {@link interpolate}: either `size` or `scaleFactor`; a number serves height and width. */
export interface InterpolateOptions {
  /** Height and width of the result. */
  readonly size?: NumberOrPair | undefined;
  /** The result is $\lfloor h \cdot s \rfloor$ high; the ratio used follows from the sizes, as with PyTorch's `recompute_scale_factor`. */
  readonly scaleFactor?: NumberOrPair | undefined;
  /** Default `'nearest'`. */
  readonly mode?: 'nearest' | 'bilinear' | undefined;
  /** Bilinear only: whether the centres of the corner pixels stay where they are, instead of the image's corners. Default `false`. */
  readonly alignCorners?: boolean | undefined;
}

interface ResizeOpAttrs extends Resize2dAttrs {
  readonly shape: Shape;
}

const resize2dOp: Op<ResizeOpAttrs> = {
  name: 'interpolate',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('resize2d', inputs, attrs, out),
  vjp: [(grad, { inputs: [x], attrs }) => apply(resize2dGradOp, [grad], { ...attrs, shape: x.shape })],
  jvp: [(tangent, { attrs }) => apply(resize2dOp, [tangent], attrs)],
};

/** The adjoint: gives every pixel back to those it was made of. */
const resize2dGradOp: Op<ResizeOpAttrs> = {
  name: 'interpolateGrad',
  infer: ([dy], { shape }) => ({ shape, dtype: dy.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('resize2dGrad', inputs, attrs, out),
  vjp: [(grad, { inputs: [dy], attrs }) => apply(resize2dOp, [grad], { ...attrs, shape: dy.shape })],
  jvp: [(tangent, { attrs }) => apply(resize2dGradOp, [tangent], attrs)],
};

/**
 * Resizes images. `nearest` takes pixel $\lfloor i h / oh \rfloor$; `bilinear` weighs the four pixels around
 * $(i + \tfrac12) h / oh - \tfrac12$, or with `alignCorners` around $i (h - 1) / (oh - 1)$. No filter is applied before shrinking.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns `[n, c, oh, ow]`
 * @throws {@link ShapeError} for another rank, or an image without pixels
 * @throws {@link ArgumentError} unless exactly one of `size` and `scaleFactor` is given, for a size that is not positive, an unknown
 * mode, or `alignCorners` with `nearest`
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await interpolate(tensor([[[[1, 2]]]]), { scaleFactor: 2 }).array() // [[[[1, 1, 2, 2], [1, 1, 2, 2]]]]
 * await interpolate(tensor([[[[1, 2]]]]), { size: [1, 4], mode: 'bilinear' }).array() // [[[[1, 1.25, 1.75, 2]]]]
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
  const { mode = 'nearest', alignCorners = false } = options;
  checkFloat('interpolate', x.dtype);
  if (mode !== 'nearest' && mode !== 'bilinear') {
    throw new ArgumentError('interpolate', `mode must be 'nearest' or 'bilinear', got ${String(mode)}`);
  }
  if (alignCorners && mode === 'nearest')
    throw new ArgumentError('interpolate', "alignCorners must go with mode 'bilinear', got 'nearest'");
  const shape = resize2dShape('interpolate', x.shape, sizeFor(x.shape, options));
  return apply(resize2dOp, [x], { mode, alignCorners, shape });
}

function sizeFor(x: Shape, { size, scaleFactor }: InterpolateOptions): readonly [number, number] {
  if (size !== undefined && scaleFactor === undefined) return pairOf(size);
  if (size === undefined && scaleFactor !== undefined) {
    const [down, across] = pairOf(scaleFactor);
    return [Math.floor(x[2] * down), Math.floor(x[3] * across)];
  }
  throw new ArgumentError(
    'interpolate',
    `exactly one of size and scaleFactor must be given, got ${size === undefined ? 'none' : 'both'}`,
  );
}
