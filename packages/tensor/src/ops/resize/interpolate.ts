import { ArgumentError, formatShape, type Resize2dAttrs, resize2dShape, type Shape, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { alongDepth, inSlices } from '../pool/along-depth.ts';

/** A number for all image axes, or one for each: `[l]`, `[h, w]` or `[d, h, w]`. */
export type ImageSize = number | readonly number[];

/** Options of {@link interpolate}: either `size` or `scaleFactor`. */
export interface InterpolateOptions {
  /** Extents of the result along the image axes. */
  readonly size?: ImageSize | undefined;
  /** The result is $\lfloor h \cdot s \rfloor$ high; the ratio used follows from the sizes, as with PyTorch's `recompute_scale_factor`. */
  readonly scaleFactor?: ImageSize | undefined;
  /** `'linear'` of signals, `'bilinear'` of images, `'trilinear'` of volumes, `'nearest'` of all. Default `'nearest'`. */
  readonly mode?: 'nearest' | 'linear' | 'bilinear' | 'trilinear' | undefined;
  /** Not with `nearest`: whether the centres of the corner pixels stay where they are, instead of the image's corners. Default `false`. */
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

/** The mode that weighs neighbours, by the number of axes of `x`. */
const weighing: Readonly<Record<number, InterpolateOptions['mode']>> = { 3: 'linear', 4: 'bilinear', 5: 'trilinear' };

/**
 * Resizes signals, images or volumes. `nearest` takes element $\lfloor i h / oh \rfloor$ of each axis; the other modes weigh the two
 * elements of each axis around $(i + \tfrac12) h / oh - \tfrac12$, or with `alignCorners` around $i (h - 1) / (oh - 1)$. No filter is applied
 * before shrinking.
 *
 * @param x - `[n, c, l]`, `[n, c, h, w]` or `[n, c, d, h, w]`, float
 * @returns `[n, c, ...size]`
 * @throws {@link ShapeError} for another rank, or an image without pixels
 * @throws {@link ArgumentError} unless exactly one of `size` and `scaleFactor` is given, for a size that is not positive, a mode that is not
 * one of the rank, or `alignCorners` with `nearest`
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await interpolate(tensor([[[[1, 2]]]]), { scaleFactor: 2 }).array() // [[[[1, 1, 2, 2], [1, 1, 2, 2]]]]
 * await interpolate(tensor([[[[1, 2]]]]), { size: [1, 4], mode: 'bilinear' }).array() // [[[[1, 1.25, 1.75, 2]]]]
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
  const { mode = 'nearest', alignCorners = false } = options;
  checkFloat('interpolate', x.dtype);
  const linear = weighing[x.rank];
  if (linear === undefined) {
    throw new ShapeError('interpolate', `x must be [n, c, l], [n, c, h, w] or [n, c, d, h, w], got ${formatShape(x.shape)}`);
  }
  if (mode !== 'nearest' && mode !== linear) {
    throw new ArgumentError('interpolate', `mode must be 'nearest' or '${linear}' of ${x.rank} axes, got ${String(mode)}`);
  }
  if (alignCorners && mode === 'nearest')
    throw new ArgumentError('interpolate', `alignCorners must go with mode '${linear}', got 'nearest'`);
  const attrs: Resize2dAttrs = { mode: mode === 'nearest' ? 'nearest' : 'bilinear', alignCorners };
  const size = sizeFor(x.shape, options);
  const resize = (images: Tensor, to: readonly [number, number]): Tensor =>
    apply(resize2dOp, [images], { ...attrs, shape: resize2dShape('interpolate', images.shape, to) });
  if (size.length === 1) return squeeze(resize(unsqueeze(x, 2), [1, size[0]]), 2);
  if (size.length === 2) return resize(x, [size[0], size[1]]);
  const planes = inSlices(x, (images) => resize(images, [size[1], size[2]]));
  return alongDepth(planes, (images) => resize(images, [size[0], images.shape[3]]));
}

/** The extents wanted, one an image axis. */
function sizeFor(x: Shape, { size, scaleFactor }: InterpolateOptions): readonly number[] {
  const given = size ?? scaleFactor;
  if (given === undefined || (size !== undefined && scaleFactor !== undefined)) {
    throw new ArgumentError(
      'interpolate',
      `exactly one of size and scaleFactor must be given, got ${given === undefined ? 'none' : 'both'}`,
    );
  }
  const extents = x.slice(2);
  const each = typeof given === 'number' ? extents.map(() => given) : given;
  if (each.length !== extents.length) {
    throw new ArgumentError('interpolate', `there must be ${extents.length} sizes or factors, got ${each.length}`);
  }
  return size === undefined ? each.map((factor, axis) => Math.floor(extents[axis] * factor)) : each;
}
