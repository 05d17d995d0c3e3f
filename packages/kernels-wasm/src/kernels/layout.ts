import { type KernelInput, sizeOf, stridesOf } from '@dl/kernels';
import { aroundAxis } from '../around-axis.ts';
import { dtypeShifts } from '../codes.ts';
import { writeCopy } from '../loops.ts';
import type { Kernel, Machine } from '../machine.ts';
import { fillElements } from './fill-elements.ts';

export const copyStrided: Kernel<'copyStrided'> = (machine, inputs, at, { offset, strides }, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  const [x] = inputs;
  copyBox(machine, x, at[0], offset, to, 0, writeCopy(machine.heap.params, out.shape, strides, stridesOf(out.shape)));
};

export const pad: Kernel<'pad'> = (machine, inputs, at, { before, step, value }, out, to) => {
  const [x] = inputs;
  fillElements(machine, out.dtype, to, sizeOf(out.shape), value);
  if (sizeOf(x.shape) === 0) return;
  const strides = stridesOf(out.shape);
  const first = strides.reduce((sum, stride, axis) => sum + stride * before[axis], 0);
  const stepped = strides.map((stride, axis) => stride * step[axis]);
  copyBox(machine, x, at[0], 0, to, first, writeCopy(machine.heap.params, x.shape, stridesOf(x.shape), stepped));
};

export const concat: Kernel<'concat'> = (machine, inputs, at, { axis }, out, to) => {
  const [outer, extent, inner] = aroundAxis(out.shape, axis);
  let start = 0;
  for (let i = 0; i < inputs.length; i++) {
    const width = inputs[i].shape[axis] * inner;
    if (outer * width > 0) {
      copyBox(
        machine,
        inputs[i],
        at[i],
        0,
        to,
        start,
        writeCopy(machine.heap.params, [outer, width], [width, 1], [extent * inner, 1]),
      );
    }
    start += width;
  }
};

/** Copies the loop nest in the parameters from element `fromOffset` of `input` to element `toOffset` of the result. */
function copyBox(
  { wasm, heap }: Machine,
  input: KernelInput,
  from: number,
  fromOffset: number,
  to: number,
  toOffset: number,
  rank: number,
): void {
  const shift = dtypeShifts[input.dtype];
  wasm.copyBox(shift, from + (fromOffset << shift), to + (toOffset << shift), rank, heap.paramsPointer);
}
