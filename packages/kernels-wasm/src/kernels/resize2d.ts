import { type Resize2dAttrs, sizeOf } from '@dl/kernels';
import type { Kernel } from '../machine.ts';

export const resize2d: Kernel<'resize2d'> = ({ wasm, heap }, inputs, at, attrs, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  const [n, c, height, width] = inputs[0].shape;
  const [, , outHeight, outWidth] = out.shape;
  heap.workspace(wasm.resizeWorkspace(outHeight, outWidth));
  wasm.resize(modeOf(attrs), n * c, at[0], height, width, to, outHeight, outWidth);
};

export const resize2dGrad: Kernel<'resize2dGrad'> = ({ wasm, heap }, inputs, at, attrs, out, to) => {
  const [n, c, outHeight, outWidth] = inputs[0].shape;
  const [, , height, width] = out.shape;
  heap.workspace(wasm.resizeWorkspace(outHeight, outWidth));
  wasm.resizeGrad(modeOf(attrs), n * c, at[0], outHeight, outWidth, to, height, width);
};

/** The numbers of `Resize` in `assembly/resize.ts`. */
function modeOf({ mode, alignCorners }: Resize2dAttrs): number {
  return mode === 'nearest' ? 0 : alignCorners ? 2 : 1;
}
