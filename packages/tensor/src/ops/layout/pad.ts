import { ArgumentError, formatShape, type Pair, padShape, type Shape, ShapeError, sameShape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { hostIndex } from '../indexing/host-index.ts';
import { indexSelect } from '../indexing/index-select.ts';
import { scatterSteps } from './slice-op.ts';

/** What {@link pad} fills with. */
export type PadMode = 'constant' | 'reflect' | 'replicate' | 'circular';

/** Options of {@link pad}. */
export interface PadOptions {
  /** `constant`: `value`; `reflect`: mirrored, the edge not doubled; `replicate`: the edge; `circular`: the other end. Default `'constant'`. */
  readonly mode?: PadMode | undefined;
  /** The constant of mode `constant`. Default 0. */
  readonly value?: number | undefined;
}

/** Where position `i`, before 0 or beyond the end, finds its element on an axis of extent `n`. */
const sources: { readonly [M in Exclude<PadMode, 'constant'>]: (i: number, n: number) => number } = {
  reflect: (i, n) => (i < 0 ? -i : 2 * (n - 1) - i),
  replicate: (i, n) => (i < 0 ? 0 : n - 1),
  circular: (i, n) => (i < 0 ? i + n : i - n),
};

/** The most that can be padded on one side of an axis of extent `n`. */
const limits: { readonly [M in Exclude<PadMode, 'constant'>]: (n: number) => number } = {
  reflect: (n) => Math.max(0, n - 1),
  replicate: (n) => (n > 0 ? Number.POSITIVE_INFINITY : 0),
  circular: (n) => n,
};

/**
 * Adds elements before and after those of each axis.
 *
 * @param x - any shape
 * @param pads - a pair an axis: how many before, how many after
 * @returns each extent grown by its pair
 * @throws {@link ShapeError} for another number of pairs than axes, or more than the mode can take from the axis
 * @throws {@link ArgumentError} for a pad that is no non-negative integer, or an unknown mode
 * @example
 * await pad(tensor([1, 2, 3]), [[1, 2]]).data() // Float32Array [0, 1, 2, 3, 0, 0]
 * await pad(tensor([1, 2, 3]), [[2, 1]], { mode: 'reflect' }).data() // Float32Array [3, 2, 1, 2, 3, 2]
 */
export function pad(x: Tensor, pads: readonly Pair[], options: PadOptions = {}): Tensor {
  const { mode = 'constant', value = 0 } = options;
  const shape = padShape('pad', x.shape, pads);
  if (sameShape(shape, x.shape)) return x;
  if (mode === 'constant')
    return scatterSteps(
      x,
      pads.map(([before]) => before),
      pads.map(() => 1),
      shape,
      value,
    );
  if (!Object.hasOwn(sources, mode)) {
    throw new ArgumentError('pad', `mode must be 'constant', 'reflect', 'replicate' or 'circular', got ${String(mode)}`);
  }
  checkLimits(x.shape, pads, mode);
  return pads.reduce((padded, pair, axis) => padAxis(padded, pair, axis, sources[mode]), x);
}

function padAxis(x: Tensor, [before, after]: Pair, axis: number, source: (i: number, n: number) => number): Tensor {
  if (before === 0 && after === 0) return x;
  const extent = x.shape[axis];
  const positions = Array.from({ length: before + extent + after }, (_, i) => i - before);
  const indices = positions.map((i) => (i >= 0 && i < extent ? i : source(i, extent)));
  return indexSelect(x, hostIndex(x.backend, indices), axis);
}

function checkLimits(shape: Shape, pads: readonly Pair[], mode: Exclude<PadMode, 'constant'>): void {
  pads.forEach((pair, axis) => {
    const limit = limits[mode](shape[axis]);
    if (Math.max(...pair) > limit) {
      throw new ShapeError(
        'pad',
        `${mode} pads must be at most ${limit} at axis ${axis}, got ${pair.join(' and ')} (x ${formatShape(shape)})`,
      );
    }
  });
}
