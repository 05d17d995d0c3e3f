import { type Conv2dAttrs, type Shape, sizeOf } from '@dl/kernels';
import type { Kernel, Machine, Operand } from '../machine.ts';
import { correlate } from './correlate.ts';
import { fill } from './create.ts';
import { matmul } from './matmul.ts';
import { convolveWeightGrad, sumOverParts } from './weight-grad.ts';
import { withWholeRows } from './whole-rows.ts';

export const conv2d: Kernel<'conv2d'> = (machine, [x, weight], attrs, out) => {
  if (sizeOf(x.shape) === 0) fill(machine, [], { value: 0 }, out);
  else if (isPointwise(weight.shape, attrs)) mixChannels(machine, weight, x, false, out);
  else convolve(machine, x, weight, attrs, out);
};

export const conv2dInputGrad: Kernel<'conv2dInputGrad'> = (machine, [dy, weight], attrs, out) => {
  if (sizeOf(dy.shape) === 0) fill(machine, [], { value: 0 }, out);
  else if (isPointwise(weight.shape, attrs)) mixChannels(machine, weight, dy, true, out);
  else convolveInputGrad(machine, dy, weight, attrs, out);
};

export const conv2dWeightGrad: Kernel<'conv2dWeightGrad'> = (machine, [x, dy], attrs, out) => {
  if (sizeOf(dy.shape) === 0) fill(machine, [], { value: 0 }, out);
  else if (isPointwise(out.shape, attrs)) multiplyImages(machine, x, dy, out);
  else convolveWeightGrad(machine, x, dy, attrs, out);
};

/** Whether every element of the result is a sum over channels of one pixel. */
function isPointwise([, , height, width]: Shape, { stride, padding, groups }: Conv2dAttrs): boolean {
  return [height, width, ...stride, groups].every((n) => n === 1) && padding.every((n) => n === 0);
}

function mixChannels(machine: Machine, weight: Operand, x: Operand, transposeA: boolean, out: Operand): void {
  const matrix = { ...weight, shape: weight.shape.slice(0, 2) };
  matmul(machine, [matrix, asMatrices(x)], { transposeA, transposeB: false }, asMatrices(out));
}

/** The weight gradient of each image is a product of matrices. */
function multiplyImages(machine: Machine, x: Operand, dy: Operand, out: Operand): void {
  const [images, inputs, outputs] = [x.shape[0], x.shape[1], dy.shape[1]];
  const parts = machine.scratch({ shape: [images, outputs, inputs], dtype: out.dtype });
  matmul(machine, [asMatrices(dy), asMatrices(x)], { transposeA: false, transposeB: true }, parts);
  sumOverParts(machine, parts, images, 1, 1, out);
}

function asMatrices(x: Operand): Operand {
  const [images, channels, height, width] = x.shape;
  return { ...x, shape: [images, channels, height * width] };
}

function convolve(machine: Machine, x: Operand, weight: Operand, attrs: Conv2dAttrs, out: Operand): void {
  const { stride, padding, dilation, groups } = attrs;
  const [outputs, inputs, height, width] = weight.shape;
  const how = {
    planes: [inputs, outputs / groups],
    groups,
    height,
    width,
    rowSteps: [stride[0], 1],
    columnStep: stride[1],
    dilation,
    shift: [-padding[0], -padding[1]],
    transposed: false,
  } as const;
  correlate(machine, x, weight, how, out);
}

function convolveInputGrad(machine: Machine, dy: Operand, weight: Operand, attrs: Conv2dAttrs, out: Operand): void {
  const { stride, padding, dilation, groups } = attrs;
  const [outputs, inputs, height, width] = weight.shape;
  const how = {
    planes: [outputs / groups, inputs],
    groups,
    height,
    width,
    rowSteps: [1, stride[0]],
    columnStep: 1,
    dilation: [-dilation[0], -dilation[1]],
    shift: padding,
    transposed: true,
  } as const;
  // With the columns that the stride leaves out in between, the rest is as with stride 1.
  correlate(machine, withWholeRows(machine, dy, stride[1]), weight, how, out);
}
