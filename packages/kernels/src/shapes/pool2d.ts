import type { Pool2dAttrs } from '../attrs.ts';
import { ArgumentError, ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../shape.ts';
import { checkPair, checkRank } from './check.ts';

/** What decides the shape of a 2-D pooling: the window, and which way a last incomplete step rounds. */
export interface Pool2dShapeAttrs extends Pool2dAttrs {
  /** Whether a last window that hangs over the end counts. */
  readonly ceilMode: boolean;
}

/**
 * Shape of a 2-D pooling: along each image axis $\lfloor (h + 2p - d(k - 1) - 1) / s \rfloor + 1$, or $\lceil \cdot \rceil$ in
 * ceil mode, where the last window must start in the input or its leading padding, as in PyTorch.
 *
 * @param op - the op that asks, for messages
 * @param x - `[n, c, h, w]`
 * @returns `[n, c, oh, ow]`
 * @throws {@link ArgumentError} for a window outside its domain, or padding above half of the kernel
 * @throws {@link ShapeError} where the window does not fit in the padded input, or would hold padding only
 * @example
 * const attrs = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] } as const;
 * pool2dShape('maxPool2d', [1, 6, 5, 5], { ...attrs, ceilMode: false }) // [1, 6, 2, 2]
 * pool2dShape('maxPool2d', [1, 6, 5, 5], { ...attrs, ceilMode: true }) // [1, 6, 3, 3]
 */
export function pool2dShape(op: string, x: Shape, attrs: Pool2dShapeAttrs): Shape {
  checkRank(op, 'x', x, 4, '[n, c, h, w]');
  checkPair(op, 'kernelSize', attrs.kernelSize, 1);
  checkPair(op, 'stride', attrs.stride, 1);
  checkPair(op, 'padding', attrs.padding, 0);
  checkPair(op, 'dilation', attrs.dilation, 1);
  return [x[0], x[1], extent(op, x, attrs, 0), extent(op, x, attrs, 1)];
}

function extent(op: string, x: Shape, attrs: Pool2dShapeAttrs, axis: 0 | 1): number {
  const size = x[2 + axis];
  const kernel = attrs.kernelSize[axis];
  const stride = attrs.stride[axis];
  const padding = attrs.padding[axis];
  const dilation = attrs.dilation[axis];
  if (padding > kernel / 2) {
    throw new ArgumentError(op, `padding must be at most half of the kernel, got ${padding} and ${kernel} (x ${formatShape(x)})`);
  }
  if (padding > 0 && dilation > size) {
    throw new ShapeError(op, `dilation must be at most a padded extent, got ${dilation} and ${size} (x ${formatShape(x)})`);
  }
  const reach = dilation * (kernel - 1) + 1;
  const steps = (size + 2 * padding - reach) / stride;
  let out = (attrs.ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
  if (attrs.ceilMode && (out - 1) * stride >= size + padding) out--;
  if (size < 1 || out < 1) {
    const padded = size + 2 * padding;
    throw new ShapeError(
      op,
      `window must fit in the padded input, got ${reach} and ${padded} at axis ${2 + axis} (x ${formatShape(x)})`,
    );
  }
  return out;
}
