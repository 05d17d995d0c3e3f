import { BackendError, type Shape, sizeOf } from '@dl/kernels';
import { aroundAxis } from '../around-axis.ts';
import { dtypeCodes, dtypeShifts, foldCodes } from '../codes.ts';
import type { Kernel } from '../machine.ts';

/** A run of neighbouring axes, all reduced or all kept. */
interface Run {
  extent: number;
  readonly isReduced: boolean;
}

/**
 * One pass for each run of reduced axes, the innermost first, so that each pass is a fold of the middle axis of
 * `[outer, extent, inner]` and the next one is smaller.
 */
export const reduce: Kernel<'reduce'> = ({ wasm, heap }, inputs, at, { fn, axes }, _out, to) => {
  const [x] = inputs;
  const dtype = dtypeCodes[x.dtype];
  const code = foldCodes[fn];
  if (dtype > dtypeCodes.int32 && code < foldCodes.min) {
    throw new BackendError(`reduce ${fn}`, `dtype must be arithmetic, got ${x.dtype} (cast the input first)`);
  }
  const shift = dtypeShifts[x.dtype];
  const runs = runsOf(x.shape, axes);
  let from = at[0];
  let left = runs.filter((run) => run.isReduced).length;
  if (left === 0) {
    wasm.cast(dtype, dtype, from, to, sizeOf(x.shape));
    return;
  }
  let size = runs.reduce((product, run) => product * run.extent, 1);
  let inner = 1;
  const sums = left > 1 ? workspaceBytes(runs, shift) : 0;
  const last = runs[runs.length - 1];
  // Only the innermost run can be one of whole rows.
  const parts = last.isReduced && last.extent > 0 ? wasm.reduceRowsScratch(dtype, size / last.extent, last.extent) : 0;
  const first = sums + parts > 0 ? heap.shared(sums + parts) : 0;
  let spare = first;
  for (let i = runs.length - 1; i >= 0; i--) {
    const { extent, isReduced } = runs[i];
    if (!isReduced) {
      inner *= extent;
      continue;
    }
    const outer = runs.slice(0, i).reduce((product, run) => product * run.extent, 1);
    left--;
    size = outer * inner;
    const target = left === 0 ? to : spare;
    if (inner === 1) wasm.reduceRows(dtype, code, from, target, outer, extent, first + sums);
    else wasm.reduceColumns(dtype, code, from, target, outer, extent, inner);
    from = target;
    spare += alignedBytes(size, shift);
  }
};

export const argReduce: Kernel<'argReduce'> = ({ wasm }, inputs, at, { fn, axis }, _out, to) => {
  const [x] = inputs;
  const [outer, extent, inner] = aroundAxis(x.shape, axis);
  wasm.argReduce(dtypeCodes[x.dtype], fn === 'max', at[0], to, outer, extent, inner);
};

export const cumulativeSum: Kernel<'cumulativeSum'> = ({ wasm }, inputs, at, { axis, exclusive, reverse }, _out, to) => {
  const [x] = inputs;
  const [outer, extent, inner] = aroundAxis(x.shape, axis);
  wasm.cumulativeSum(dtypeCodes[x.dtype], exclusive, reverse, at[0], to, outer, extent, inner);
};

function runsOf(shape: Shape, axes: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const isReduced = axes.includes(axis);
    if (shape[axis] === 1) continue;
    const last = runs.at(-1);
    if (last?.isReduced === isReduced) last.extent *= shape[axis];
    else runs.push({ extent: shape[axis], isReduced });
  }
  return runs;
}

/** What all passes but the last one write. */
function workspaceBytes(runs: readonly Run[], shift: number): number {
  let total = 0;
  let size = runs.reduce((product, run) => product * run.extent, 1);
  for (const run of runs.toReversed()) {
    if (!run.isReduced || run.extent === 0) continue;
    size /= run.extent;
    total += alignedBytes(size, shift);
  }
  return total;
}

function alignedBytes(elements: number, shift: number): number {
  return Math.ceil(((elements << shift) + 16) / 64) * 64;
}
