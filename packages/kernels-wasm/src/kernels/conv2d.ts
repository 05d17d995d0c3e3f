import { type Conv2dAttrs, type Shape, sizeOf } from '@dl/kernels';
import type { Kernel, Machine } from '../machine.ts';
import { fillElements } from './fill-elements.ts';

export const conv2d: Kernel<'conv2d'> = (machine, inputs, at, attrs, out, to) => {
  const { wasm, heap } = machine;
  const [x, w] = inputs;
  if (sizeOf(x.shape) === 0 || sizeOf(w.shape) === 0) return fillElements(machine, 'float32', to, sizeOf(out.shape), 0);
  const geometry = describe(machine, x.shape, w.shape, out.shape, attrs);
  if (machine.winograd && wasm.winogradPays(geometry, false)) {
    heap.workspace(wasm.winogradWorkspace(geometry, false));
    wasm.winograd(geometry, false, at[0], at[1], to, heap.shared(wasm.winogradScratch(geometry, false)));
    return;
  }
  heap.workspace(wasm.conv2dWorkspace(geometry));
  wasm.conv2d(geometry, at[0], at[1], to);
};

export const conv2dInputGrad: Kernel<'conv2dInputGrad'> = (machine, inputs, at, attrs, out, to) => {
  const { wasm, heap } = machine;
  const [dy, w] = inputs;
  if (sizeOf(dy.shape) === 0 || sizeOf(w.shape) === 0) return fillElements(machine, 'float32', to, sizeOf(out.shape), 0);
  const geometry = describe(machine, out.shape, w.shape, dy.shape, attrs);
  if (machine.winograd && wasm.winogradPays(geometry, true)) {
    heap.workspace(wasm.winogradWorkspace(geometry, true));
    wasm.winograd(geometry, true, at[0], at[1], to, heap.shared(wasm.winogradScratch(geometry, true)));
    return;
  }
  heap.workspace(wasm.conv2dInputGradWorkspace(geometry));
  const scratch = heap.shared(wasm.conv2dInputGradScratch(geometry));
  wasm.conv2dInputGrad(geometry, at[0], at[1], to, scratch);
};

export const conv2dWeightGrad: Kernel<'conv2dWeightGrad'> = (machine, inputs, at, attrs, out, to) => {
  const { wasm, heap } = machine;
  const [x, dy] = inputs;
  if (sizeOf(x.shape) === 0 || sizeOf(dy.shape) === 0) return fillElements(machine, 'float32', to, sizeOf(out.shape), 0);
  const geometry = describe(machine, x.shape, out.shape, dy.shape, attrs);
  if (machine.winograd && wasm.winogradWeightGradPays(geometry)) {
    heap.workspace(wasm.winogradWeightGradWorkspace(geometry));
    wasm.winogradWeightGrad(geometry, at[0], at[1], to, heap.shared(wasm.winogradWeightGradScratch(geometry)));
    return;
  }
  heap.workspace(wasm.conv2dWeightGradWorkspace(geometry));
  const scratch = heap.shared(wasm.conv2dWeightGradScratch(geometry));
  wasm.conv2dWeightGrad(geometry, at[0], at[1], to, scratch);
};

/** Writes the fields of `Conv` in `assembly/conv-geometry.ts`; returns their address. */
function describe({ heap }: Machine, x: Shape, w: Shape, y: Shape, attrs: Conv2dAttrs): number {
  const { stride, padding, dilation, groups } = attrs;
  const channels = [x[0], groups, w[1], x[2], x[3], w[0] / groups, y[2], y[3], w[2], w[3]];
  heap.params.set([...channels, ...stride, ...padding, ...dilation]);
  return heap.paramsPointer;
}
