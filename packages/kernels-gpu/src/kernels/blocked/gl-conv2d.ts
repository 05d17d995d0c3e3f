import { type Conv2dAttrs, sizeOf, type TensorSpec } from '@dl/kernels';
import type { Form, Machine, Operand, Sheet, Sheets } from '../../machine.ts';
import { type Conv2dProblem, conv2dProblem } from './conv2d-problem.ts';
import { backward, type Correlation, type Images, type Plane, productsOf, tilesOf } from './gl-conv2d-plans.ts';
import { type Access, collect, correlation, frame, taps } from './gl-conv2d-programs.ts';
import { outerProducts, sumOfParts } from './gl-outer-products.ts';

/** Convolutions with fewer multiplications are left to the general form, which is one launch. */
const leastWork = 1 << 18;
/** Threads that keep a GPU busy. */
const enoughThreads = 8192;

/**
 * Convolutions on WebGL2 without groups. Fetches of texels are what costs: images become sheets with zeros around, and a thread computes
 * eight pixels in four channels.
 */
export const sheetConv2d: Form<'conv2d'> = {
  suits: (machine, [x, w], attrs, out) => correlates(machine, conv2dProblem(x.shape, w.shape, out.shape, attrs), attrs, out),
  compute: (machine, [x, w], attrs, out) => {
    const problem = conv2dProblem(x.shape, w.shape, out.shape, attrs);
    const { inputs, kernel } = problem;
    const area = sizeOf(kernel);
    correlate(machine, x, w, problem, [0, kernel[1], 1, area, inputs * area], out);
  },
};

/** The gradient of a convolution by its input: a convolution of `dy`, with `stride - 1` zeros between neighbours, with the weight turned. */
export const sheetConv2dInputGrad: Form<'conv2dInputGrad'> = {
  suits: (machine, [dy, w], attrs, out) =>
    correlates(machine, backward(conv2dProblem(out.shape, w.shape, dy.shape, attrs)), attrs, out),
  compute: (machine, [dy, w], attrs, out) => {
    const problem = backward(conv2dProblem(out.shape, w.shape, dy.shape, attrs));
    const { outputs, kernel } = problem;
    const area = sizeOf(kernel);
    correlate(machine, dy, w, problem, [area - 1, -kernel[1], -1, outputs * area, area], out);
  },
};

/** The gradient of a convolution by its weight: products of `x` and `dy`, summed in parts over lines of the images, then over parts. */
export const sheetConv2dWeightGrad: Form<'conv2dWeightGrad'> = {
  suits: ({ sheets }, [x, dy], attrs, out) => {
    const problem = conv2dProblem(x.shape, out.shape, dy.shape, attrs);
    return sheets !== undefined && isWorthIt(problem, attrs, out) && productsOf(sheets, problem) !== undefined;
  },
  compute: (machine, [x, dy], attrs, out) => {
    const { sheets } = machine;
    const problem = conv2dProblem(x.shape, out.shape, dy.shape, attrs);
    const plan = sheets && productsOf(sheets, problem);
    if (sheets === undefined || plan === undefined) return;
    const { images, inputs, outputs, output, kernel, stride, dilation } = problem;
    const { across, line, block, imageOfX, imageOfDy, blocks } = plan;
    const image = framed(machine, sheets, x, problem, imageOfX, across);
    const planes = { images, inputs: outputs, input: output, padding: [0, 0] } as const;
    const grad = framed(machine, sheets, dy, planes, imageOfDy, across);
    const rows = kernel[0] * blocks[0];
    const lines = images * output[0];
    const most = Math.min(lines, Math.floor(sheets.side / rows), Math.ceil(enoughThreads / (rows * blocks[1])));
    const perPart = Math.ceil(lines / most);
    const parts = Math.ceil(lines / perPart);
    const sums = sheets.take(blocks[1], parts * rows, (block[0] * line.taps * block[1]) / 4);
    machine.launch(outerProducts(line, block), [image, grad], sums, {
      ints: [
        ...[inputs, imageOfX.texels, imageOfX.rows, across, outputs, imageOfDy.texels, output[0]],
        ...[perPart, lines, blocks[0], kernel[0], stride[0], dilation[0]],
      ],
    });
    machine.launch(sumOfParts(block), [sums], out, { ints: [kernel[1], kernel[0], inputs, blocks[0], parts] });
  },
};

function isWorthIt(
  { images, inputs, outputs, output, kernel }: Conv2dProblem,
  { groups }: Conv2dAttrs,
  { dtype }: TensorSpec,
): boolean {
  return dtype === 'float32' && groups === 1 && images * inputs * outputs * sizeOf(output) * sizeOf(kernel) >= leastWork;
}

function correlates({ sheets }: Machine, problem: Correlation, attrs: Conv2dAttrs, out: TensorSpec): boolean {
  return sheets !== undefined && isWorthIt(problem, attrs, out) && tilesOf(sheets, problem) !== undefined;
}

/** Where the first tap of a weight is, and its strides along rows, columns, channels of the image and channels of the result. */
type TapStrides = readonly [start: number, row: number, column: number, input: number, output: number];

function correlate(machine: Machine, x: Operand, w: Operand, problem: Correlation, strides: TapStrides, out: Operand): void {
  const { sheets, launch } = machine;
  const tiles = sheets && tilesOf(sheets, problem);
  if (sheets === undefined || tiles === undefined) return;
  const { across, line, image, tile, blocks, channels } = tiles;
  const { images, inputs, outputs, output, kernel, stride, dilation } = problem;
  const framedImage = framed(machine, sheets, x, problem, image, across);
  const columns = Math.ceil(outputs / 4);
  const weight = sheets.take(kernel[1] * inputs, kernel[0] * columns);
  launch(taps, [w], weight, { ints: [...kernel, outputs, ...strides] });
  const result = sheets.take(Math.min(across, images) * columns * blocks.texels, Math.ceil(images / across) * blocks.rows, 8);
  launch(correlation(line, tile, channels), [framedImage, weight], result, {
    ints: [inputs, image.texels, image.rows, blocks.texels, blocks.rows, columns, kernel[0], stride[0], dilation[0]],
  });
  launch(collect(tile, output[1] % 4 === 0), [result], out, {
    ints: [output[1], output[0], outputs, across, blocks.texels, blocks.rows, columns],
  });
}

/** Images as a sheet. */
function framed(machine: Machine, sheets: Sheets, x: Operand, images: Images, { rows, texels }: Plane, across: number): Sheet {
  const { images: count, inputs, input, padding, step = [1, 1] } = images;
  const isTexels = padding[1] % 4 === 0 && input[1] % 4 === 0;
  const access: Access = step[1] > 1 ? 'spread' : isTexels ? 'texels' : 'neighbours';
  const sheet = sheets.take(Math.min(across, count) * inputs * texels, Math.ceil(count / across) * rows);
  machine.launch(frame(access), [x], sheet, { ints: [texels, rows, across, inputs, ...input, ...padding, ...step] });
  return sheet;
}
