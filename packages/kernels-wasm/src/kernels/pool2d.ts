import { type Pool2dAttrs, type Shape, sizeOf } from '@dl/kernels';
import type { Kernel, Machine } from '../machine.ts';

export const maxPool2dIndices: Kernel<'maxPool2dIndices'> = (machine, inputs, at, attrs, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  machine.wasm.maxPoolIndices(describe(machine, inputs[0].shape, out.shape, attrs, false), at[0], to);
};

export const avgPool2d: Kernel<'avgPool2d'> = (machine, inputs, at, attrs, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  machine.wasm.avgPool(describe(machine, inputs[0].shape, out.shape, attrs, attrs.countIncludePad), at[0], to);
};

export const avgPool2dGrad: Kernel<'avgPool2dGrad'> = (machine, inputs, at, attrs, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  machine.wasm.avgPoolGrad(describe(machine, out.shape, inputs[0].shape, attrs, attrs.countIncludePad), at[0], to);
};

/** Writes the fields of `Pool` in `assembly/pooling.ts`; returns their address. */
function describe({ heap }: Machine, x: Shape, y: Shape, attrs: Pool2dAttrs, countIncludePad: boolean): number {
  const { kernelSize, stride, padding, dilation } = attrs;
  const planes = [x[0] * x[1], x[2], x[3], y[2], y[3]];
  heap.params.set([...planes, ...kernelSize, ...stride, ...padding, ...dilation, Number(countIncludePad)]);
  return heap.paramsPointer;
}
