import type { FusedKernel } from './fused-kernel.ts';

export const scaleShift: FusedKernel<'scaleShift'> = ({ wasm }, inputs, at, _, to) => {
  const [images, channels, pixels] = inputs[0].shape;
  wasm.scaleShift(at[0], at[1], at[2], to[0], images, channels, pixels);
};

export const batchNorm: FusedKernel<'batchNorm'> = ({ wasm, heap }, inputs, at, { eps }, to) => {
  const [images, channels, pixels] = inputs[0].shape;
  const scratch = heap.shared(wasm.batchNormScratch(images, channels, pixels));
  wasm.batchNorm(at[0], at[1], at[2], to[0], to[1], to[2], eps, images, channels, pixels, scratch);
};

export const batchNormGrad: FusedKernel<'batchNormGrad'> = ({ wasm, heap }, inputs, at, { eps }, to) => {
  const [images, channels, pixels] = inputs[0].shape;
  const scratch = heap.shared(wasm.batchNormScratch(images, channels, pixels));
  wasm.batchNormGrad(at[0], at[1], at[2], at[3], at[4], to[0], to[1], to[2], eps, images, channels, pixels, scratch);
};

export const layerNorm: FusedKernel<'layerNorm'> = ({ wasm }, inputs, at, { eps }, to) => {
  const [rows, n] = inputs[0].shape;
  wasm.layerNorm(at[0], at[1], at[2], to[0], to[1], to[2], eps, rows, n);
};

export const layerNormGrad: FusedKernel<'layerNormGrad'> = ({ wasm }, inputs, at, { eps }, to) => {
  const [rows, n] = inputs[0].shape;
  wasm.layerNormGrad(at[0], at[1], at[2], at[3], at[4], to[0], eps, rows, n);
  wasm.layerNormWeightGrad(at[0], at[2], at[3], at[4], to[1], to[2], eps, rows, n);
};
