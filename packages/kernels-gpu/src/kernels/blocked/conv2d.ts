import { type Conv2dAttrs, type Pair, type Shape, sizeOf, type TensorSpec } from '@dl/kernels';
import type { Form, Machine, Operand } from '../../machine.ts';
import { copyStrided } from '../layout.ts';
import { inWholeRows, roundUp, withWholeRows } from '../whole-rows.ts';
import { bordered } from './border.ts';
import { type Conv2dProblem, conv2dProblem, withLongRows } from './conv2d-problem.ts';
import { correlation, outerProducts, sumOfParts } from './conv2d-programs.ts';

/** Convolutions with fewer multiplications are left to the general form, which is one launch. */
const leastWork = 1 << 18;
/** Elements of a row under the window of a thread, at most: they are all in registers. */
const widestWindow = 64;
/** Workgroups along an axis: what WebGPU guarantees. */
const mostGroups = 65535;
/** Threads of a workgroup. */
const groupSize = 64;

/**
 * Convolutions on WebGPU without groups. The image gets its border, and the weight its output channels side by side; then a thread
 * computes neighbouring pixels of eight channels.
 */
export const blockedConv2d: Form<'conv2d'> = {
  suits: (machine, [x, w], attrs, out) => suits(machine, problemOf(x.shape, w.shape, out.shape, attrs), attrs, out),
  compute: (machine, [x, w], attrs, out) => {
    const problem = problemOf(x.shape, w.shape, out.shape, attrs);
    const { kernel, stride, dilation, padding, output } = problem;
    const [area, row] = [kernel[0] * kernel[1], kernel[1]];
    const strides = [area, row, 1, problem.inputs * area];
    const weight = packed(machine, w, [problem.inputs, ...kernel, problem.outputs], 0, strides);
    const image = bordered(
      machine,
      { ...x, shape: planes(problem, problem.inputs, problem.input) },
      padding,
      [1, 1],
      [
        (output[0] - 1) * stride[0] + (kernel[0] - 1) * dilation[0] + 1,
        (output[1] - 1) * stride[1] + (kernel[1] - 1) * dilation[1] + 1,
      ],
    );
    correlate(machine, image, weight, { stride, dilation }, { ...out, shape: planes(problem, problem.outputs, output) });
  },
};

/** The gradient of a convolution by its input: a convolution of `dy`, with `stride - 1` zeros between neighbours, with the weight turned. */
export const blockedConv2dInputGrad: Form<'conv2dInputGrad'> = {
  suits: (machine, [dy, w], attrs, out) => suits(machine, problemOf(out.shape, w.shape, dy.shape, attrs), attrs, out),
  compute: (machine, [dy, w], attrs, out) => {
    const problem = problemOf(out.shape, w.shape, dy.shape, attrs);
    const { kernel, stride, dilation, padding, input } = problem;
    const [area, row] = [kernel[0] * kernel[1], kernel[1]];
    const strides = [problem.inputs * area, -row, -1, area];
    const weight = packed(machine, w, [problem.outputs, ...kernel, problem.inputs], area - 1, strides);
    const reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]] as const;
    const before = [reach[0] - padding[0], reach[1] - padding[1]] as const;
    const spread = { ...dy, shape: planes(problem, problem.outputs, problem.output) };
    const image = bordered(machine, spread, before, stride, [input[0] + reach[0], input[1] + reach[1]]);
    correlate(machine, image, weight, { stride: [1, 1], dilation }, { ...out, shape: planes(problem, problem.inputs, input) });
  },
};

/** The gradient of a convolution by its weight: products of `x` and `dy`, summed in parts over lines of the images, then over parts. */
export const blockedConv2dWeightGrad: Form<'conv2dWeightGrad'> = {
  suits: (machine, [x, dy], attrs, out) => suits(machine, problemOf(x.shape, out.shape, dy.shape, attrs), attrs, out),
  compute: (machine, [x, dy], attrs, out) => {
    const problem = problemOf(x.shape, out.shape, dy.shape, attrs);
    const { images, inputs, outputs, input, output, kernel, stride, dilation, padding } = problem;
    const steps = Math.ceil(output[1] / 4);
    // Wide enough for whole texels of dy, so that the zeros behind its rows meet zeros.
    const image = bordered(
      machine,
      { ...x, shape: planes(problem, inputs, input) },
      padding,
      [1, 1],
      [
        (output[0] - 1) * stride[0] + (kernel[0] - 1) * dilation[0] + 1,
        (steps * 4 - 1) * stride[1] + (kernel[1] - 1) * dilation[1] + 1,
      ],
    );
    const whole = withWholeRows(machine, { ...dy, shape: planes(problem, outputs, output) });
    const { program, channelsOfX, texelsOfDy } = outerProducts(kernel[1], stride[1], dilation[1], inputs, outputs);
    const width = Math.ceil(outputs / 4);
    const threads = Math.ceil(inputs / channelsOfX) * Math.ceil(width / texelsOfDy) * kernel[0];
    const lines = images * output[0];
    const perPart = Math.ceil(lines / Math.min(lines, Math.ceil(enoughThreads / threads)));
    const parts = Math.ceil(lines / perPart);
    const [, , height, row] = image.shape;
    const sums = machine.scratch({ shape: [parts, inputs, ...kernel, width * 4], dtype: 'float32' });
    machine.launch(program, [image, whole], sums, {
      ints: [parts, perPart, lines, output[0], steps, inputs, outputs, width, kernel[0], stride[0], dilation[0], height, row / 4],
      grid: [Math.ceil((threads * parts) / groupSize), 1, 1],
    });
    const terms = inputs * kernel[0] * kernel[1];
    machine.launch(sumOfParts, [sums], out, { ints: [terms, width * 4, terms * width * 4, parts] });
  },
};

/** Threads that keep a GPU busy. */
const enoughThreads = 8192;

function problemOf(x: Shape, w: Shape, y: Shape, attrs: Conv2dAttrs): Conv2dProblem {
  const problem = conv2dProblem(x, w, y, attrs);
  // Rows of whole pairs of texels have no broken ones to save.
  return problem.input[1] % 8 === 0 ? problem : withLongRows(problem);
}

function suits({ mode }: Machine, problem: Conv2dProblem, { groups }: Conv2dAttrs, { dtype }: TensorSpec): boolean {
  const { images, inputs, outputs, output, kernel, stride, dilation } = problem;
  const work = images * inputs * outputs * sizeOf(output) * sizeOf(kernel);
  const window = 7 * stride[1] + (kernel[1] - 1) * dilation[1] + 1;
  const fits = window <= widestWindow && Math.max(images, inputs, outputs) <= mostGroups;
  return mode === 'webgpu' && dtype === 'float32' && groups === 1 && work >= leastWork && fits;
}

function planes({ images }: Conv2dProblem, channels: number, [height, width]: Pair): Shape {
  return [images, channels, height, width];
}

/** A weight in another order, with its last axis in whole texels. What lies behind its end goes into sums that nobody stores. */
function packed(machine: Machine, w: Operand, shape: Shape, offset: number, strides: readonly number[]): Operand {
  const weight = machine.scratch({ shape: shape.with(-1, roundUp(shape[shape.length - 1])), dtype: w.dtype });
  copyStrided(machine, [w], { offset, strides }, weight);
  return weight;
}

/** `out[n, o, y, x] = Σ image[n, c, y stride + i dilation, x stride + j dilation] weight[c, i, j, o]`. */
function correlate(machine: Machine, image: Operand, weight: Operand, by: { stride: Pair; dilation: Pair }, out: Operand): void {
  const { stride, dilation } = by;
  const [images, inputs, height, width] = image.shape;
  const [, rows, columns, padded] = weight.shape;
  const [, outputs, outRows, outWidth] = out.shape;
  const texels = Math.ceil(outWidth / 4);
  const { program, pixelTexels, channelTexels } = correlation(columns, stride[1], dilation[1], texels, outputs);
  const tiles = Math.ceil(texels / pixelTexels);
  inWholeRows(machine, out, (whole) => {
    machine.launch(program, [image, weight], whole, {
      ints: [tiles, outRows, texels, inputs, outputs, padded / 4, rows, stride[0], dilation[0], height, width / 4],
      grid: [Math.ceil((tiles * outRows) / groupSize), Math.ceil(padded / 4 / channelTexels), images],
    });
  });
}
