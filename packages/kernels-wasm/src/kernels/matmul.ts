import { broadcastStrides, type Shape, sizeOf } from '@dl/kernels';
import type { Kernel } from '../machine.ts';

export const matmul: Kernel<'matmul'> = ({ wasm, heap }, inputs, at, { transposeA, transposeB }, out, to) => {
  const [a, b] = inputs;
  const rank = out.shape.length;
  const m = out.shape[rank - 2];
  const n = out.shape[rank - 1];
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)];
  const workspace = heap.workspace(wasm.gemmWorkspace());
  const aRow = transposeA ? 4 : k * 4;
  const aColumn = transposeA ? m * 4 : 4;
  const bRow = transposeB ? 4 : n * 4;
  const bColumn = transposeB ? k * 4 : 4;
  if (b.shape.length === 2 && !transposeA && sizeOf(out.shape) / n === sizeOf(a.shape) / k) {
    // One matrix for the whole batch: its rows are rows of one taller product.
    wasm.gemm(sizeOf(out.shape) / n, n, k, at[0], aRow, aColumn, at[1], bRow, bColumn, to, n * 4, false, workspace);
    return;
  }
  const batch = out.shape.slice(0, -2);
  const aOffsets = matrixOffsets(a.shape, batch, m * k * 4);
  const bOffsets = matrixOffsets(b.shape, batch, k * n * 4);
  for (let i = 0; i < aOffsets.length; i++) {
    wasm.gemm(
      m,
      n,
      k,
      at[0] + aOffsets[i],
      aRow,
      aColumn,
      at[1] + bOffsets[i],
      bRow,
      bColumn,
      to + i * m * n * 4,
      n * 4,
      false,
      workspace,
    );
  }
};

/** Where each matrix of the broadcast batch starts, in bytes. */
function matrixOffsets(shape: Shape, batch: Shape, matrixBytes: number): number[] {
  const strides = broadcastStrides(shape.slice(0, -2), batch);
  let offsets = [0];
  for (let axis = 0; axis < batch.length; axis++) {
    offsets = offsets.flatMap((offset) =>
      Array.from({ length: batch[axis] }, (_, i) => offset + i * strides[axis] * matrixBytes),
    );
  }
  return offsets;
}
