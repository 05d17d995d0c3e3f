import type { Tensor } from '@dl/tensor';
import type { ReceptiveWindow } from '../layers/receptive-window.ts';

/**
 * The part of the input that one element depends on: `size` pixels along each image axis, `step` pixels further for its neighbour (less than
 * one after upsampling); or the whole input, however large.
 */
export type Field = { readonly size: readonly number[]; readonly step: readonly number[] } | 'all';

/** The field of the input itself, one pixel; undefined of what is no signal `[n, c, l]`, image or volume. Signals are images of one row. */
export function fieldOfInput(rank: number): Field | undefined {
  if (rank < 3 || rank > 5) return undefined;
  const one = rank === 5 ? [1, 1, 1] : [1, 1];
  return { size: one, step: one };
}

/** Ops that mix positions in ways that are not followed. */
const untold: ReadonlySet<string> = new Set(['recurrentScan', 'lstmCell', 'cumSum', 'indexSelect', 'flip']);

/** The field of an op's output, from those of its inputs; undefined where it does not depend on the input, or how is not known. */
export function fieldOf(
  op: string,
  inputs: readonly Tensor[],
  fields: readonly (Field | undefined)[],
  attrs: unknown,
  output: Tensor,
): Field | undefined {
  const known = fields.filter((field) => field !== undefined);
  if (known.length === 0 || untold.has(op) || (op === 'permute' && output.rank > 5)) return undefined;
  if (op === 'matmul' || known.includes('all') || reducesPositions(inputs[0], output, attrs)) return 'all';
  const field = known.reduce(join);
  if (field === 'all') return field;
  if (op === 'interpolate') return resized(field, inputs[0], output, attrs);
  const window = windowOf(op, inputs, attrs);
  if (window === undefined) return field;
  return op === 'conv2dInputGrad' ? spread(field, window) : widen(field, window);
}

function windowOf(op: string, inputs: readonly Tensor[], attrs: unknown): ReceptiveWindow | undefined {
  // The maxima of windows are gathered by indices, whose field has been widened already.
  if (!isWindowed(attrs) || op === 'gather') return undefined;
  if (op === 'conv2d' || op === 'conv2dInputGrad') return { ...attrs, kernel: inputs[1].shape.slice(2) };
  return attrs.kernelSize === undefined ? undefined : { ...attrs, kernel: attrs.kernelSize };
}

function isWindowed(attrs: unknown): attrs is {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly kernelSize?: readonly number[];
} {
  return typeof attrs === 'object' && attrs !== null && 'stride' in attrs && 'dilation' in attrs;
}

function reducesPositions(x: Tensor, output: Tensor, attrs: unknown): boolean {
  if (typeof attrs !== 'object' || attrs === null || !('axes' in attrs) || !Array.isArray(attrs.axes)) return false;
  return output.size < x.size && attrs.axes.some((axis) => axis >= 2);
}

/** $r + (k - 1) d s$, with neighbours as far apart as the stride makes them; undefined for a window of other axes. */
export function widen(field: Field, { kernel, stride, dilation }: ReceptiveWindow): Field | undefined {
  if (field === 'all') return field;
  if (field.size.length !== kernel.length) return undefined;
  return {
    size: field.size.map((size, axis) => size + (kernel[axis] - 1) * dilation[axis] * field.step[axis]),
    step: field.step.map((step, axis) => step * stride[axis]),
  };
}

/** A transposed convolution: of the taps of its kernel, those a multiple of the stride apart meet in one output pixel. */
function spread({ size, step }: Exclude<Field, 'all'>, { kernel, stride, dilation }: ReceptiveWindow): Field | undefined {
  if (size.length !== kernel.length) return undefined;
  const reach = kernel.map((taps, axis) => {
    let last = taps - 1;
    while ((last * dilation[axis]) % stride[axis] !== 0) last--;
    return (last * dilation[axis]) / stride[axis];
  });
  return {
    size: size.map((extent, axis) => extent + reach[axis] * step[axis]),
    step: step.map((distance, axis) => distance / stride[axis]),
  };
}

/** Resizing copies the nearest pixel or weighs two neighbours, and packs pixels denser. */
function resized({ size, step }: Exclude<Field, 'all'>, x: Tensor, output: Tensor, attrs: unknown): Field | undefined {
  if (size.length !== x.rank - 2) return undefined;
  const weighs = typeof attrs === 'object' && attrs !== null && 'mode' in attrs && attrs.mode !== 'nearest';
  const [from, to] = [x.shape.slice(2), output.shape.slice(2)];
  return {
    size: size.map((extent, axis) => extent + (weighs && from[axis] > 1 && from[axis] !== to[axis] ? step[axis] : 0)),
    step: step.map((distance, axis) => (distance * from[axis]) / to[axis]),
  };
}

function join(a: Field, b: Field): Field {
  if (a === 'all' || b === 'all') return 'all';
  const larger = (x: readonly number[], y: readonly number[]): number[] => x.map((extent, axis) => Math.max(extent, y[axis]));
  return { size: larger(a.size, b.size), step: larger(a.step, b.step) };
}
