import { type KernelInput, sizeOf, stridesOf } from '@dl/kernels';
import { aroundAxis, type Box, collapse, writeBox } from '../box.ts';
import { dtypeShifts } from '../codes.ts';
import type { Kernel, Machine } from '../machine.ts';
import { fillElements } from './fill-elements.ts';

export const copyStrided: Kernel<'copyStrided'> = (machine, inputs, at, { offset, strides }, out, to) => {
  if (sizeOf(out.shape) === 0) return;
  const [x] = inputs;
  copyBox(machine, x, at[0], offset, to, 0, collapse(out.shape, [strides, stridesOf(out.shape)]));
};

export const pad: Kernel<'pad'> = (machine, inputs, at, { before, step, value }, out, to) => {
  const [x] = inputs;
  fillElements(machine, out.dtype, to, sizeOf(out.shape), value);
  if (sizeOf(x.shape) === 0) return;
  const strides = stridesOf(out.shape);
  const first = strides.reduce((sum, stride, axis) => sum + stride * before[axis], 0);
  const stepped = strides.map((stride, axis) => stride * step[axis]);
  copyBox(machine, x, at[0], 0, to, first, collapse(x.shape, [stridesOf(x.shape), stepped]));
};

export const concat: Kernel<'concat'> = (machine, inputs, at, { axis }, out, to) => {
  const [outer, extent, inner] = aroundAxis(out.shape, axis);
  let start = 0;
  for (let i = 0; i < inputs.length; i++) {
    const width = inputs[i].shape[axis] * inner;
    const box = collapse(
      [outer, width],
      [
        [width, 1],
        [extent * inner, 1],
      ],
    );
    if (outer * width > 0) copyBox(machine, inputs[i], at[i], 0, to, start, box);
    start += width;
  }
};

/** Copies a box from element `fromOffset` of `input` to element `toOffset` of the result. */
function copyBox(
  { wasm, heap }: Machine,
  input: KernelInput,
  from: number,
  fromOffset: number,
  to: number,
  toOffset: number,
  box: Box,
): void {
  const shift = dtypeShifts[input.dtype];
  transposeInnermost(box);
  const rank = writeBox(heap.params, box);
  wasm.copyBox(shift, from + (fromOffset << shift), to + (toOffset << shift), 0, rank, heap.paramsPointer);
}

/** Moves the axis along which the source is contiguous next to the one along which the result is, for both to be tiled. */
function transposeInnermost({ extents, strides: [from, to] }: Box): void {
  const last = extents.length - 1;
  if (last < 1 || to[last] !== 1 || from[last] === 1) return;
  const contiguous = from.indexOf(1);
  if (contiguous < 0) return;
  for (const list of [extents, from, to]) list.splice(last - 1, 0, ...list.splice(contiguous, 1));
}
