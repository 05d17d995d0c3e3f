import { sizeOf } from '@dl/kernels';
import { closeLoops, pushAxis } from '../loops.ts';
import type { Kernel } from '../machine.ts';

export const matmul: Kernel<'matmul'> = ({ wasm, heap }, inputs, at, { transposeA, transposeB }, out, to) => {
  const [a, b] = inputs;
  const rank = out.shape.length;
  const m = out.shape[rank - 2];
  const n = out.shape[rank - 1];
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)];
  heap.workspace(wasm.gemmWorkspace());
  const aRow = transposeA ? 4 : k * 4;
  const aColumn = transposeA ? m * 4 : 4;
  const bRow = transposeB ? 4 : n * 4;
  const bColumn = transposeB ? k * 4 : 4;
  if (b.shape.length === 2 && !transposeA && sizeOf(out.shape) / n === sizeOf(a.shape) / k) {
    // One matrix for the whole batch: its rows are rows of one taller product.
    const rows = sizeOf(out.shape) / n;
    const loops = closeLoops(heap.params, 0);
    const scratch = heap.shared(wasm.matmulScratch(rows, n, k));
    wasm.matmul(rows, n, k, at[0], aRow, aColumn, at[1], bRow, bColumn, to, loops, heap.paramsPointer, scratch);
    return;
  }
  let axes = 0;
  let aStep = m * k;
  let bStep = k * n;
  for (let i = 3; i <= rank; i++) {
    const aExtent = a.shape[a.shape.length - i] ?? 1;
    const bExtent = b.shape[b.shape.length - i] ?? 1;
    axes = pushAxis(heap.params, axes, out.shape[rank - i], aExtent === 1 ? 0 : aStep, bExtent === 1 ? 0 : bStep, 0);
    aStep *= aExtent;
    bStep *= bExtent;
  }
  axes = closeLoops(heap.params, axes);
  const scratch = heap.shared(wasm.matmulScratch(m, n, k));
  wasm.matmul(m, n, k, at[0], aRow, aColumn, at[1], bRow, bColumn, to, axes, heap.paramsPointer, scratch);
};
