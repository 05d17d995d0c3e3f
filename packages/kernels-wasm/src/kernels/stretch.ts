import { broadcastStrides, type KernelInput, type Shape, sizeOf, stridesOf } from '@dl/kernels';
import { collapse, writeBox } from '../box.ts';
import { dtypeShifts } from '../codes.ts';
import type { Machine } from '../machine.ts';

/** The address of `input` broadcast to `shape`: its own where nothing stretches, else of a copy in the workspace. */
export function stretch({ wasm, heap }: Machine, input: KernelInput, at: number, shape: Shape): number {
  if (sizeOf(input.shape) === sizeOf(shape)) return at;
  const shift = dtypeShifts[input.dtype];
  const copy = heap.workspace(sizeOf(shape) << shift);
  const rank = writeBox(heap.params, collapse(shape, [broadcastStrides(input.shape, shape), stridesOf(shape)]));
  wasm.copyBox(shift, at, copy, 0, rank, heap.paramsPointer);
  return copy;
}
