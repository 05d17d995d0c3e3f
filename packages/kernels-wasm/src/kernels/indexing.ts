import { ArgumentError, sizeOf } from '@dl/kernels';
import { aroundAxis } from '../around-axis.ts';
import { dtypeCodes, dtypeShifts } from '../codes.ts';
import type { Kernel, Machine } from '../machine.ts';

export const gather: Kernel<'gather'> = (machine, inputs, at, { axis }, _out, to) => {
  const [x, index] = inputs;
  const [outer, count, inner] = aroundAxis(index.shape, axis);
  const extent = x.shape[axis];
  const bad = machine.wasm.gather(dtypeShifts[x.dtype], at[0], at[1], to, outer, extent, count, inner);
  checkIndices(machine, 'gather', at[1], bad, extent);
};

export const scatterAdd: Kernel<'scatterAdd'> = (machine, inputs, at, { axis }, out, to) => {
  const [index, src] = inputs;
  const [outer, count, inner] = aroundAxis(index.shape, axis);
  const extent = out.shape[axis];
  const bad = machine.wasm.scatterAdd(dtypeCodes[src.dtype], at[0], at[1], to, outer, extent, count, inner);
  checkIndices(machine, 'scatterAdd', at[0], bad, extent);
};

export const indexSelect: Kernel<'indexSelect'> = (machine, inputs, at, { axis }, _out, to) => {
  const [x, index] = inputs;
  const [outer, extent, inner] = aroundAxis(x.shape, axis);
  const bad = machine.wasm.indexSelect(at[0], at[1], to, outer, extent, sizeOf(index.shape), inner << dtypeShifts[x.dtype]);
  checkIndices(machine, 'indexSelect', at[1], bad, extent);
};

export const indexAdd: Kernel<'indexAdd'> = (machine, inputs, at, { axis }, out, to) => {
  const [index, src] = inputs;
  const [outer, extent, inner] = aroundAxis(out.shape, axis);
  const bad = machine.wasm.indexAdd(dtypeCodes[src.dtype], at[0], at[1], to, outer, extent, sizeOf(index.shape), inner);
  checkIndices(machine, 'indexAdd', at[0], bad, extent);
};

export const argsort: Kernel<'argsort'> = ({ wasm, heap }, inputs, at, { axis, descending }, _out, to) => {
  const [x] = inputs;
  const [outer, extent, inner] = aroundAxis(x.shape, axis);
  heap.workspace(wasm.argsortWorkspace(extent));
  wasm.argsort(dtypeCodes[x.dtype], descending, at[0], to, outer, extent, inner);
};

/** `bad` is the position of an index out of range, or -1. */
function checkIndices({ heap }: Machine, kernel: string, index: number, bad: number, extent: number): void {
  if (bad < 0) return;
  throw new ArgumentError(kernel, `indices must be in [0, ${extent}), got ${heap.int32At(index, bad + 1)[bad]}`);
}
