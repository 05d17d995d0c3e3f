import { ArgumentError, ShapeError } from './errors.ts';

/** Extents by axis, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** Number of elements of `shape`; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i];
  return size;
}

/** Row-major strides of `shape`, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

/** `[2, 3]` as text, as error messages show it. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** Whether two shapes are equal, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * The NumPy broadcast of two shapes: axes are aligned at the end, an extent of 1 stretches.
 *
 * @param op - the op that asks, for messages
 * @param context - what the message shows in brackets, where `a` and `b` are but parts of the shapes that the user gave
 * @throws {@link ShapeError} when two extents differ and neither is 1
 * @example
 * broadcastShapes('add', [4, 1], [3]) // [4, 3]
 */
export function broadcastShapes(op: string, a: Shape, b: Shape, context?: () => string): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const x = i <= a.length ? a[a.length - i] : 1;
    const y = i <= b.length ? b[b.length - i] : 1;
    if (x !== y && x !== 1 && y !== 1) {
      const shown = context?.() ?? `a ${formatShape(a)}, b ${formatShape(b)}`;
      throw new ShapeError(op, `shapes must broadcast, got ${x} and ${y} at axis ${rank - i} (${shown})`);
    }
    out[rank - i] = x === 1 ? y : x;
  }
  return out;
}

/**
 * Strides with which `shape` reads as `out`: 0 along every stretched or missing axis.
 * `shape` must broadcast to `out`.
 */
export function broadcastStrides(shape: Shape, out: Shape): number[] {
  const own = stridesOf(shape);
  const lead = out.length - shape.length;
  return out.map((_, i) => (i < lead || shape[i - lead] === 1 ? 0 : own[i - lead]));
}

/**
 * `axis` counted from the front: -1 is the last one.
 *
 * @throws {@link ShapeError} when it is no axis of a tensor of that rank
 */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normal < 0 || normal >= rank) {
    throw new ShapeError(op, `axis must be an integer in [${-rank}, ${rank}), got ${axis}`);
  }
  return normal;
}

/**
 * Distinct axes counted from the front, ascending; all of them where `axes` is undefined.
 *
 * @throws {@link ShapeError} for an axis out of range or named twice
 */
export function normalizeAxes(op: string, axes: number | readonly number[] | undefined, rank: number): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => normalizeAxis(op, axis, rank)).sort((a, b) => a - b);
  const twice = list.find((axis, i) => i > 0 && axis === list[i - 1]);
  if (twice !== undefined) throw new ShapeError(op, `axes must be distinct, got ${twice} twice`);
  return list;
}

/**
 * Refuses what is not a shape: extents must be non-negative integers.
 *
 * @throws {@link ArgumentError} naming the extent
 */
export function checkShape(op: string, shape: Shape): void {
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0) {
      throw new ArgumentError(op, `extents must be non-negative integers, got ${extent} (shape ${formatShape(shape)})`);
    }
  }
}
