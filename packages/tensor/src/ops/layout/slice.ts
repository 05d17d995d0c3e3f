import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from './reshape.ts';
import { sliceOp } from './slice-op.ts';

/**
 * What {@link slice} takes of one axis, as between the brackets of NumPy:
 *
 * | here | NumPy | takes |
 * |---|---|---|
 * | `2`, `-1` | `2`, `-1` | one element; the axis is dropped |
 * | `null` | `:` | everything |
 * | `[1, 4]` | `1:4` | elements 1, 2, 3 |
 * | `[1]`, `[null, -1]` | `1:`, `:-1` | from 1 on; all but the last |
 * | `[null, null, 2]` | `::2` | every second |
 * | `[null, null, -1]` | `::-1` | all, backwards |
 */
export type SliceRange = number | null | readonly [start?: number | null, end?: number | null, step?: number | null];

/**
 * Part of a tensor, by one {@link SliceRange} an axis; axes beyond the list are taken whole. Negative positions count from the end,
 * and the ends of a range are clipped to the axis, both as in NumPy.
 *
 * @param x - any shape
 * @param ranges - at most one an axis
 * @throws {@link ShapeError} for more ranges than axes, or an element that the axis does not have
 * @throws {@link ArgumentError} for a step of 0 or a number that is no integer
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * await slice(x, [0]).array() // [1, 2, 3]
 * await slice(x, [null, [0, 2]]).array() // [[1, 2], [4, 5]]
 * await slice(x, [-1, [null, null, -1]]).array() // [6, 5, 4]
 */
export function slice(x: Tensor, ranges: readonly SliceRange[]): Tensor {
  if (ranges.length > x.rank) {
    throw new ShapeError(
      'slice',
      `ranges must be at most one an axis, got ${ranges.length} for ${x.rank} (x ${formatShape(x.shape)})`,
    );
  }
  const bounds = x.shape.map((extent, axis) => resolve(ranges[axis] ?? null, extent, axis));
  const shape = bounds.map(({ count }) => count);
  const isWhole = sameShape(shape, x.shape) && bounds.every(({ start, step }) => start === 0 && step === 1);
  const part = isWhole
    ? x
    : apply(sliceOp, [x], { starts: bounds.map(({ start }) => start), steps: bounds.map(({ step }) => step), shape });
  return reshape(
    part,
    shape.filter((_, axis) => typeof ranges[axis] !== 'number'),
  );
}

interface Bounds {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

function resolve(range: SliceRange, extent: number, axis: number): Bounds {
  if (range === null) return { start: 0, step: 1, count: extent };
  if (typeof range === 'number') return { start: element(range, extent, axis), step: 1, count: 1 };
  const step = integer(range[2] ?? 1, 'step');
  if (step === 0) throw new ArgumentError('slice', `step must not be 0, got 0 at axis ${axis}`);
  // Backwards, a range runs from the last element down to "before the first", which no position can name.
  const [low, high] = step > 0 ? [0, extent] : [-1, extent - 1];
  const clip = (value: number): number => Math.min(Math.max(value < 0 ? value + extent : value, low), high);
  const start = range[0] == null ? (step > 0 ? low : high) : clip(integer(range[0], 'start'));
  const end = range[1] == null ? (step > 0 ? high : low) : clip(integer(range[1], 'end'));
  const count = Math.max(0, Math.ceil((end - start) / step));
  return { start: count === 0 ? 0 : start, step: count <= 1 ? 1 : step, count };
}

function element(position: number, extent: number, axis: number): number {
  const normal = integer(position, 'index') + (position < 0 ? extent : 0);
  if (normal >= 0 && normal < extent) return normal;
  throw new ShapeError('slice', `index must be in [${-extent}, ${extent}), got ${position} at axis ${axis}`);
}

function integer(value: number, name: string): number {
  if (!Number.isInteger(value)) throw new ArgumentError('slice', `${name} must be an integer, got ${value}`);
  return value;
}
