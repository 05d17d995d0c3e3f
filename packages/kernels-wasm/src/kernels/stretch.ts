import { type KernelInput, type Shape, sizeOf } from '@dl/kernels';
import { dtypeShifts } from '../codes.ts';
import { writeBroadcast } from '../loops.ts';
import type { Machine } from '../machine.ts';

/** The address of `input` broadcast to `shape`: its own where nothing stretches, else of a copy in the workspace. */
export function stretch({ wasm, heap }: Machine, input: KernelInput, at: number, shape: Shape): number {
  const size = sizeOf(shape);
  if (size === 0 || sizeOf(input.shape) === size) return at;
  const shift = dtypeShifts[input.dtype];
  const copy = heap.shared(size << shift);
  const rank = writeBroadcast(heap.params, shape, input.shape, shape, []);
  wasm.copyBox(shift, at, copy, rank, heap.paramsPointer);
  return copy;
}
