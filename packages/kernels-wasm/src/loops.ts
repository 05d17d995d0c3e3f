import type { Shape } from '@dl/kernels';

/**
 * A loop nest over up to three strided views, as the kernels read it: for each axis, the innermost first, four words: the extent
 * and the stride of each view, in elements. It is as short as can be: an axis of extent 1 is left out, and one that all views step
 * through as a continuation of the axis inside of it becomes part of that.
 *
 * The functions here allocate nothing: they run for each broadcast of a training step.
 */
const axisWords = 4;

/** Puts an axis around the `rank` axes that `loops` holds. Returns how many there are now. */
export function pushAxis(loops: Int32Array, rank: number, extent: number, a: number, b: number, c: number): number {
  if (extent === 1) return rank;
  const at = rank * axisWords;
  const inside = at - axisWords;
  if (rank > 0) {
    const turns = loops[inside];
    if (loops[inside + 1] * turns === a && loops[inside + 2] * turns === b && loops[inside + 3] * turns === c) {
      loops[inside] = turns * extent;
      return rank;
    }
  }
  loops[at] = extent;
  loops[at + 1] = a;
  loops[at + 2] = b;
  loops[at + 3] = c;
  return rank + 1;
}

/** Gives a nest without an axis one of a single turn, for kernels run their innermost axis always. Returns the number of axes. */
export function closeLoops(loops: Int32Array, rank: number): number {
  if (rank > 0) return rank;
  loops[0] = 1;
  loops.fill(0, 1, axisWords);
  return 1;
}

/** Writes the nest in which views of shapes `a`, `b` and `c` broadcast to `shape`. Returns the number of axes. */
export function writeBroadcast(loops: Int32Array, shape: Shape, a: Shape, b: Shape, c: Shape): number {
  let rank = 0;
  let aStep = 1;
  let bStep = 1;
  let cStep = 1;
  for (let i = 1; i <= shape.length; i++) {
    const aExtent = extentFromEnd(a, i);
    const bExtent = extentFromEnd(b, i);
    const cExtent = extentFromEnd(c, i);
    rank = pushAxis(
      loops,
      rank,
      shape[shape.length - i],
      aExtent === 1 ? 0 : aStep,
      bExtent === 1 ? 0 : bStep,
      cExtent === 1 ? 0 : cStep,
    );
    aStep *= aExtent;
    bStep *= bExtent;
    cStep *= cExtent;
  }
  return closeLoops(loops, rank);
}

/** Writes the nest over `shape` for a source with strides `from` and a target with strides `to`. Returns the number of axes. */
export function writeCopy(loops: Int32Array, shape: Shape, from: readonly number[], to: readonly number[]): number {
  let rank = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) rank = pushAxis(loops, rank, shape[axis], from[axis], to[axis], 0);
  rank = closeLoops(loops, rank);
  if (loops[2] === 1 && loops[1] !== 1) nestContiguousSource(loops, rank);
  return rank;
}

/** Moves the axis along which the source is contiguous next to the innermost one, along which the target is: a transpose, in tiles. */
function nestContiguousSource(loops: Int32Array, rank: number): void {
  for (let axis = 2; axis < rank; axis++) {
    if (loops[axis * axisWords + 1] !== 1) continue;
    for (let word = 0; word < axisWords; word++) {
      const at = axis * axisWords + word;
      [loops[axisWords + word], loops[at]] = [loops[at], loops[axisWords + word]];
    }
    return;
  }
}

function extentFromEnd(shape: Shape, i: number): number {
  return i <= shape.length ? shape[shape.length - i] : 1;
}
