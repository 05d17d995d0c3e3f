import { newJob, runJob } from './jobs';

/** Works through a loop nest (see `src/loops.ts`) of up to three views, from `axis` inwards; `mode` is for the body to understand. */
export type NestBody = (mode: i32, a: usize, b: usize, c: usize, out: usize, axis: i32, loops: usize) => void;

const AXIS_BYTES: usize = 16;
/** Tasks that a nest is cut into, about. */
const TASKS: i32 = 32;
/** Nests of fewer elements are one task. */
const SMALL: i32 = 8192;

/**
 * A loop nest in pieces of one of its axes: `pieces` of `length` turns for each turn of the axes around it. Elements of the
 * views take `1 << shift` bytes; the result is contiguous.
 */
@unmanaged
class Nest {
  body: u32;
  mode: i32;
  a: usize;
  aShift: usize;
  b: usize;
  bShift: usize;
  c: usize;
  cShift: usize;
  out: usize;
  outShift: usize;
  axis: i32;
  rank: i32;
  loops: usize;
  pieces: i32;
  length: i32;
  /** Elements that a turn of the axis writes. */
  turn: i32;
}

/** Runs `body` over the `rank` axes in `loops`. The axes up to `whole` are never cut, but for `whole` itself. */
export function inPieces(
  body: NestBody, mode: i32, a: usize, aShift: usize, b: usize, bShift: usize, c: usize, cShift: usize,
  out: usize, outShift: usize, rank: i32, loops: usize, whole: i32, nanoseconds: f32,
): void {
  let n: i32 = 1;
  for (let axis = 0; axis < rank; axis++) n *= extentOf(loops, axis);
  if (n < SMALL) {
    call_indirect<void>(body.index, mode, a, b, c, out, rank - 1, loops);
    return;
  }
  let axis = rank - 1;
  let around = 1;
  while (axis > whole && around * extentOf(loops, axis) < TASKS) around *= extentOf(loops, axis--);
  const extent = extentOf(loops, axis);
  let length = (extent * around + TASKS - 1) / TASKS;
  if (axis == whole) length = axis == 0 ? max(1024, (length + 63) & ~63) : (length + 31) & ~31;
  const nest = changetype<Nest>(newJob());
  nest.body = body.index;
  nest.mode = mode;
  nest.a = a;
  nest.aShift = aShift;
  nest.b = b;
  nest.bShift = bShift;
  nest.c = c;
  nest.cShift = cShift;
  nest.out = out;
  nest.outShift = outShift;
  nest.axis = axis;
  nest.rank = rank;
  nest.loops = loops;
  nest.length = max(1, min(length, extent));
  nest.pieces = (extent + nest.length - 1) / nest.length;
  nest.turn = n / (around * extent);
  runJob(piece, around * nest.pieces, nanoseconds * <f32>n);
}

@inline
function extentOf(loops: usize, axis: i32): i32 {
  return load<i32>(loops + <usize>axis * AXIS_BYTES);
}

function piece(job: usize, index: i32, workspace: usize): void {
  const nest = changetype<Nest>(job);
  const axis = nest.axis;
  const split = nest.loops + <usize>axis * AXIS_BYTES;
  const around = index / nest.pieces;
  const first = (index - around * nest.pieces) * nest.length;
  const length = min(nest.length, load<i32>(split) - first);
  let a = first * load<i32>(split, 4);
  let b = first * load<i32>(split, 8);
  let c = first * load<i32>(split, 12);
  let rest = around;
  for (let outer = axis + 1; outer < nest.rank; outer++) {
    const at = nest.loops + <usize>outer * AXIS_BYTES;
    const extent = load<i32>(at);
    const turn = rest % extent;
    rest /= extent;
    a += turn * load<i32>(at, 4);
    b += turn * load<i32>(at, 8);
    c += turn * load<i32>(at, 12);
  }
  // A nest of its own: this axis is shorter.
  memory.copy(workspace, nest.loops, <usize>(axis + 1) * AXIS_BYTES);
  store<i32>(workspace + <usize>axis * AXIS_BYTES, length);
  const place = <usize>((around * load<i32>(split) + first) * nest.turn);
  call_indirect<void>(
    nest.body, nest.mode, nest.a + (<usize>a << nest.aShift), nest.b + (<usize>b << nest.bShift),
    nest.c + (<usize>c << nest.cShift), nest.out + (place << nest.outShift), axis, workspace,
  );
}
