import { BackendError, type KernelInput, sizeOf } from '@dl/kernels';
import { binaryCodes, dtypeCodes, dtypeShifts } from '../codes.ts';
import { writeBroadcast } from '../loops.ts';
import type { Kernel } from '../machine.ts';

export const binary: Kernel<'binary'> = ({ wasm, heap }, inputs, at, { fn }, out, to) => {
  const [a, b] = inputs;
  const code = binaryCodes[fn];
  const dtype = dtypeCodes[a.dtype];
  if (code < binaryCodes.equal && (dtype > dtypeCodes.int32 || (fn === 'atan2' && dtype !== dtypeCodes.float32))) {
    throw new BackendError(`binary ${fn}`, `dtype must be arithmetic, got ${a.dtype} (cast the inputs first)`);
  }
  const n = sizeOf(out.shape);
  if (n === 0) return;
  const aStep = flatStep(a, n);
  const bStep = flatStep(b, n);
  if (aStep >= 0 && bStep >= 0) {
    wasm.binaryRow(dtype, code, at[0], aStep, at[1], bStep, to, n);
    return;
  }
  const rank = writeBroadcast(heap.params, out.shape, a.shape, b.shape, []);
  wasm.binaryStrided(dtype, code, at[0], at[1], to, rank, heap.paramsPointer);
};

export const select: Kernel<'select'> = ({ wasm, heap }, inputs, at, _, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  const [condition, a, b] = inputs;
  const rank = writeBroadcast(heap.params, out.shape, condition.shape, a.shape, b.shape);
  wasm.select(dtypeShifts[out.dtype], at[0], at[1], at[2], to, rank, heap.paramsPointer);
};

/** How an operand moves along `n` results that are one row: 1, 0 where it is one element, -1 where they are no row. */
function flatStep(input: KernelInput, n: number): number {
  const size = sizeOf(input.shape);
  return size === n ? 1 : size === 1 ? 0 : -1;
}
