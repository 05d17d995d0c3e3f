import type { Conv2dAttrs, Pair } from '../attrs.ts';
import { ArgumentError, ShapeError } from '../errors.ts';
import { formatShape, type Shape } from '../shape.ts';
import { checkPair, checkRank } from './check.ts';

/**
 * Shape of a 2-D convolution: along each image axis
 * $\lfloor (h + 2p - d(k - 1) - 1) / s \rfloor + 1$.
 *
 * @param op - the op that asks, for messages
 * @param x - `[n, c, h, w]`
 * @param weight - `[o, c / groups, kh, kw]`
 * @returns `[n, o, oh, ow]`
 * @throws {@link ArgumentError} for a stride, padding, dilation or group count outside its domain
 * @throws {@link ShapeError} where channels and groups do not match, or the kernel does not fit in the padded input
 * @example
 * const attrs = { stride: [2, 2], padding: [3, 3], dilation: [1, 1], groups: 1 } as const;
 * conv2dShape('conv2d', [1, 3, 224, 224], [64, 3, 7, 7], attrs) // [1, 64, 112, 112]
 */
export function conv2dShape(op: string, x: Shape, weight: Shape, attrs: Conv2dAttrs): Shape {
  checkRank(op, 'x', x, 4, '[n, c, h, w]');
  checkRank(op, 'weight', weight, 4, '[o, c / groups, kh, kw]');
  checkConvolution(op, weight, attrs);
  const context = () => `x ${formatShape(x)}, weight ${formatShape(weight)}, groups ${attrs.groups}`;
  if (x[1] !== weight[1] * attrs.groups) {
    throw new ShapeError(op, `channels must match, got ${x[1]} in x and ${weight[1] * attrs.groups} in weight (${context()})`);
  }
  if (weight[0] % attrs.groups !== 0) {
    throw new ShapeError(op, `output channels must divide into groups, got ${weight[0]} and ${attrs.groups} (${context()})`);
  }
  const extent = (axis: 0 | 1): number => {
    const padded = x[2 + axis] + 2 * attrs.padding[axis];
    const reach = attrs.dilation[axis] * (weight[2 + axis] - 1) + 1;
    if (padded < reach) {
      throw new ShapeError(
        op,
        `kernel must fit in the padded input, got ${reach} and ${padded} at axis ${2 + axis} (${context()})`,
      );
    }
    return Math.floor((padded - reach) / attrs.stride[axis]) + 1;
  };
  return [x[0], weight[0], extent(0), extent(1)];
}

/**
 * Shape of a 2-D transposed convolution, the input gradient of {@link conv2dShape}'s convolution: along each image axis
 * $(h - 1)s - 2p + d(k - 1) + 1 + \text{outputPadding}$.
 *
 * @param op - the op that asks, for messages
 * @param x - `[n, c, h, w]`
 * @param weight - `[c, o / groups, kh, kw]`
 * @param attrs - of the convolution it transposes
 * @param outputPadding - rows and columns added at the end, to choose among the inputs that share an output extent
 * @returns `[n, o, oh, ow]`
 * @throws {@link ArgumentError} for a stride, padding, dilation, group count or output padding outside its domain
 * @throws {@link ShapeError} where channels and groups do not match, or nothing is left of the output
 * @example
 * const attrs = { stride: [2, 2], padding: [1, 1], dilation: [1, 1], groups: 1 } as const;
 * convTranspose2dShape('convTranspose2d', [1, 8, 7, 7], [8, 4, 4, 4], attrs, [0, 0]) // [1, 4, 14, 14]
 */
export function convTranspose2dShape(op: string, x: Shape, weight: Shape, attrs: Conv2dAttrs, outputPadding: Pair): Shape {
  checkRank(op, 'x', x, 4, '[n, c, h, w]');
  checkRank(op, 'weight', weight, 4, '[c, o / groups, kh, kw]');
  checkConvolution(op, weight, attrs);
  checkPair(op, 'outputPadding', outputPadding, 0);
  const context = () => `x ${formatShape(x)}, weight ${formatShape(weight)}, groups ${attrs.groups}`;
  if (x[1] !== weight[0]) {
    throw new ShapeError(op, `channels must match, got ${x[1]} in x and ${weight[0]} in weight (${context()})`);
  }
  if (x[1] % attrs.groups !== 0) {
    throw new ShapeError(op, `input channels must divide into groups, got ${x[1]} and ${attrs.groups} (${context()})`);
  }
  const extent = (axis: 0 | 1): number => {
    const stride = attrs.stride[axis];
    const dilation = attrs.dilation[axis];
    const extra = outputPadding[axis];
    if (extra >= Math.max(stride, dilation)) {
      throw new ArgumentError(op, `outputPadding must be below stride or dilation, got ${extra} and ${stride}, ${dilation}`);
    }
    const out = (x[2 + axis] - 1) * stride - 2 * attrs.padding[axis] + dilation * (weight[2 + axis] - 1) + 1 + extra;
    if (x[2 + axis] < 1) throw new ShapeError(op, `x must have pixels, got ${x[2 + axis]} at axis ${2 + axis} (${context()})`);
    if (out < 1) {
      throw new ShapeError(op, `output must not be empty, got ${out} at axis ${2 + axis} (${context()})`);
    }
    return out;
  };
  return [x[0], weight[1] * attrs.groups, extent(0), extent(1)];
}

function checkConvolution(op: string, weight: Shape, attrs: Conv2dAttrs): void {
  checkPair(op, 'kernel size', [weight[2], weight[3]], 1);
  checkPair(op, 'stride', attrs.stride, 1);
  checkPair(op, 'padding', attrs.padding, 0);
  checkPair(op, 'dilation', attrs.dilation, 1);
  if (!Number.isInteger(attrs.groups) || attrs.groups < 1) {
    throw new ArgumentError(op, `groups must be a positive integer, got ${attrs.groups}`);
  }
}
