import type { Pair } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/**
 * The part of the input image that one element depends on: `size` pixels, `step` pixels further for its neighbour; or the whole image,
 * however large.
 */
export type Field = { readonly size: Pair; readonly step: Pair } | 'all';

/** The field of the input itself: one pixel. */
export const onePixel: Field = { size: [1, 1], step: [1, 1] };

interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
}

/** The field of an op's output, from those of its inputs; undefined where it does not depend on the image, or how is not known. */
export function fieldOf(
  op: string,
  inputs: readonly Tensor[],
  fields: readonly (Field | undefined)[],
  attrs: unknown,
): Field | undefined {
  const known = fields.filter((field) => field !== undefined);
  if (known.length === 0 || op === 'conv2dInputGrad' || op === 'interpolate') return undefined;
  if (op === 'matmul' || known.includes('all')) return 'all';
  const field = known.reduce(join);
  const window = windowOf(op, inputs, attrs);
  return window === undefined || field === 'all' ? field : widen(field, window);
}

function windowOf(op: string, inputs: readonly Tensor[], attrs: unknown): Window | undefined {
  if (!isWindowed(attrs)) return undefined;
  if (op === 'conv2d') return { ...attrs, kernel: [inputs[1].shape[2], inputs[1].shape[3]] };
  return 'kernelSize' in attrs ? { ...attrs, kernel: attrs.kernelSize as Pair } : undefined;
}

function isWindowed(attrs: unknown): attrs is { readonly stride: Pair; readonly dilation: Pair; readonly kernelSize?: Pair } {
  return typeof attrs === 'object' && attrs !== null && 'stride' in attrs && 'dilation' in attrs;
}

/** $r + (k - 1) d s$, with neighbours as far apart as the stride makes them. */
function widen({ size, step }: Exclude<Field, 'all'>, { kernel, stride, dilation }: Window): Field {
  const wider = (axis: 0 | 1): number => size[axis] + (kernel[axis] - 1) * dilation[axis] * step[axis];
  return { size: [wider(0), wider(1)], step: [step[0] * stride[0], step[1] * stride[1]] };
}

function join(a: Field, b: Field): Field {
  if (a === 'all' || b === 'all') return 'all';
  const larger = (x: Pair, y: Pair): Pair => [Math.max(x[0], y[0]), Math.max(x[1], y[1])];
  return { size: larger(a.size, b.size), step: larger(a.step, b.step) };
}
