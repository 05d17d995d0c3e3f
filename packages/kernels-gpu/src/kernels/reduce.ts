import { BackendError, type DType, type ReduceFn, type Shape, sizeOf } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { busyThreads } from './busy-threads.ts';
import { fill } from './create.ts';
import { fold, type Way } from './fold.ts';

const identities: { readonly [F in ReduceFn]: number } = {
  sum: 0,
  prod: 1,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
};

/** Least and greatest of the integers. */
const ranges: { readonly [D in DType]?: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31],
  uint8: [0, 255],
  bool: [0, 1],
};

/** Texels that a thread joins while there are few threads. */
const few = 64;

/** Texels that a thread joins at most: further ones would add to the error of a sum. */
const most = 1024;

/** A launch of {@link fold}. */
interface Step {
  readonly way: Way;
  readonly size: number;
  readonly length: number;
  readonly width: number;
  readonly span: number;
}

export const reduce: Kernel<'reduce'> = (machine, [x], { fn, axes }, out) => {
  if ((x.dtype === 'uint8' || x.dtype === 'bool') && (fn === 'sum' || fn === 'prod')) {
    throw new BackendError(`reduce ${fn}`, `dtype must be arithmetic, got ${x.dtype} (cast the input first)`);
  }
  const identity = identities[fn];
  if (sizeOf(x.shape) === 0) {
    const [least, greatest] = ranges[out.dtype] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    fill(machine, [], { value: Math.min(Math.max(identity, least), greatest) }, out);
    return;
  }
  const steps = stepsOf(x.shape, axes);
  let source = x;
  for (const [i, { way, size, length, width, span }] of steps.entries()) {
    const result = i === steps.length - 1 ? out : machine.scratch({ shape: [size], dtype: out.dtype });
    machine.launch(fold(fn, way), [source], result, { ints: [size, length, width, span], floats: [identity] });
    source = result;
  }
};

/** Runs of axes that go are folded one by one, the innermost first. */
function stepsOf(shape: Shape, axes: readonly number[]): Step[] {
  const runs = runsOf(shape, axes);
  const steps: Step[] = [];
  for (let i = runs.length - 1; i >= 0; i--) {
    if (!runs[i].isReduced) continue;
    const inner = i + 1 < runs.length ? runs[i + 1].extent : 1;
    const outer = runs.slice(0, i).reduce((product, { extent }) => product * extent, 1);
    steps.push(...split(outer, runs[i].extent, inner));
    runs.splice(i, 2, { extent: inner, isReduced: false });
    if (i > 0) runs.splice(i - 1, 2, { extent: runs[i - 1].extent * inner, isReduced: false });
  }
  return steps.length > 0 ? steps : split(1, 1, sizeOf(shape));
}

/** Neighbours that stay, and neighbours that go, as one axis each. */
function runsOf(shape: Shape, axes: readonly number[]): { extent: number; readonly isReduced: boolean }[] {
  const runs: { extent: number; readonly isReduced: boolean }[] = [];
  for (const [axis, extent] of shape.entries()) {
    if (extent === 1) continue;
    const isReduced = axes.includes(axis);
    const last = runs.at(-1);
    if (last?.isReduced === isReduced) last.extent *= extent;
    else runs.push({ extent, isReduced });
  }
  return runs;
}

/**
 * The steps that reduce the middle of `[outer, extent, inner]`. Where that is too much for the threads of the outputs, its parts are reduced
 * first: element i of the middle belongs to part `i % parts`, so that neighbouring threads read neighbouring texels.
 */
function split(outer: number, extent: number, inner: number): Step[] {
  const isWhole = inner % 4 === 0;
  const loads = isWhole || inner === 1 ? extent : 4 * extent;
  const limit = outer * inner < 4 * busyThreads ? few : most;
  const length = extent * inner;
  const isAligned = length % 4 === 0;
  if (loads <= limit) {
    const size = outer * inner;
    if (inner === 1) return [{ way: isAligned ? 'alignedSpans' : 'spans', size, length, width: 1, span: length }];
    return [{ way: isWhole ? 'columns' : 'elements', size, length, width: inner, span: 0 }];
  }
  const passes = Math.ceil(Math.log(loads) / Math.log(limit));
  const parts = 4 * Math.ceil(extent ** ((passes - 1) / passes) / 4);
  if (inner === 1 && !isAligned && outer > 1) {
    const span = 4 * Math.ceil(extent / parts / 4);
    const width = Math.ceil(extent / span);
    return [{ way: 'spans', size: outer * width, length, width, span }, ...split(outer, width, 1)];
  }
  const width = parts * inner;
  const way = isAligned || outer === 1 ? 'columns' : 'elements';
  return [{ way, size: outer * width, length, width, span: 0 }, ...split(outer, parts, inner)];
}
