import type { FusedKernel } from './fused-kernel.ts';

export const lstm: FusedKernel<'lstm'> = ({ wasm, heap }, inputs, at, { reverse }, to) => {
  const [steps, rows] = inputs[0].shape;
  const [, width] = inputs[1].shape;
  wasm.lstm(at[0], at[1], at[2], at[3], to[0], to[1], steps, rows, width, reverse, heap.shared(wasm.lstmScratch(width)));
};

export const lstmGrad: FusedKernel<'lstmGrad'> = ({ wasm, heap }, inputs, at, { reverse }, to) => {
  const [steps, rows] = inputs[0].shape;
  const [, width] = inputs[1].shape;
  const scratch = heap.shared(wasm.lstmScratch(width));
  wasm.lstmGrad(at[0], at[1], at[2], at[3], at[4], to[0], to[1], to[2], steps, rows, width, reverse, scratch);
};

export const lstmCell: FusedKernel<'lstmCell'> = ({ wasm }, inputs, at, _, to) => {
  const [rows, width] = inputs[1].shape;
  wasm.lstmCell(at[0], at[1], to[0], to[1], to[2], rows, width);
};

export const lstmCellGrad: FusedKernel<'lstmCellGrad'> = ({ wasm }, inputs, at, _, to) => {
  const [rows, width] = inputs[1].shape;
  wasm.lstmCellGrad(at[0], at[1], at[2], at[3], at[4], to[0], to[1], rows, width);
};
