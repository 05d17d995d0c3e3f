import { type Conv2dAttrs, type Pair, sizeOf, type TensorSpec } from '@dl/kernels';
import type { Form, Machine, Operand, Sheet, Sheets } from '../../machine.ts';
import { type Conv2dProblem, conv2dProblem } from './conv2d-problem.ts';
import { collect, correlation, frame, outerProducts, sumOfParts, type Tile, taps, windows } from './gl-conv2d-programs.ts';

/** Convolutions with fewer multiplications are left to the general form, which is one launch. */
const leastWork = 1 << 18;
/** Texels of a row under the windows of a thread, at most: they are all in registers. */
const widestWindow = 32;
/** Threads that keep a GPU busy. */
const enoughThreads = 8192;

/**
 * Convolutions on WebGL2 without groups. Fetches of texels are what costs, so images become sheets with channels last and zeros around,
 * and a thread computes eight pixels in four channels.
 */
export const sheetConv2d: Form<'conv2d'> = {
  suits: (machine, [x, w], attrs, out) => suits(machine, conv2dProblem(x.shape, w.shape, out.shape, attrs), attrs, out),
  compute: (machine, [x, w], attrs, out) => {
    const problem = conv2dProblem(x.shape, w.shape, out.shape, attrs);
    const area = sizeOf(problem.kernel);
    correlate(machine, x, w, problem, { start: 0, tap: 1, input: area, output: problem.inputs * area }, out);
  },
};

/** The gradient of a convolution by its input: a convolution of `dy`, with `stride - 1` zeros between neighbours, with the weight turned. */
export const sheetConv2dInputGrad: Form<'conv2dInputGrad'> = {
  suits: (machine, [dy, w], attrs, out) =>
    suits(machine, backward(conv2dProblem(out.shape, w.shape, dy.shape, attrs)), attrs, out),
  compute: (machine, [dy, w], attrs, out) => {
    const problem = backward(conv2dProblem(out.shape, w.shape, dy.shape, attrs));
    const area = sizeOf(problem.kernel);
    correlate(machine, dy, w, problem, { start: area - 1, tap: -1, input: problem.outputs * area, output: area }, out);
  },
};

/** The gradient of a convolution by its weight: products of texels of `x` and `dy`, summed in parts over lines of the images, then over parts. */
export const sheetConv2dWeightGrad: Form<'conv2dWeightGrad'> = {
  suits: (machine, [x, dy], attrs, out) =>
    suits(machine, inWholeRows(conv2dProblem(x.shape, out.shape, dy.shape, attrs)), attrs, out),
  compute: ({ sheets, launch }, [x, dy], attrs, out) => {
    const own = conv2dProblem(x.shape, out.shape, dy.shape, attrs);
    const problem = inWholeRows(own);
    const layout = sheets && layoutOf(sheets, problem);
    if (sheets === undefined || layout === undefined) return;
    const { across, texels, extents, kernel, dilation, stride, isWindowed } = layout;
    const { images, inputs, outputs, output } = problem;
    const image = framed({ sheets, launch }, x, problem, layout);
    const pairs = Math.ceil(outputs / 8);
    const plain = { ...problem, inputs: outputs, input: own.output, padding: [0, 0] } as const;
    const grad = framed({ sheets, launch }, dy, plain, { ...layout, extents: output, texels: pairs * 2, isWindowed: false });
    const area = sizeOf(kernel);
    const lines = images * output[0];
    const most = Math.min(lines, Math.floor(sheets.side / texels), Math.ceil(enoughThreads / (area * pairs * texels)));
    const perPart = Math.ceil(lines / most);
    const parts = Math.ceil(lines / perPart);
    const sums = sheets.take(area * pairs, parts * texels, 8);
    const sizes = [texels, extents[1], extents[0], across, pairs, ...output, perPart, lines];
    launch(outerProducts, [image, grad], sums, { ints: [...sizes, kernel[1], ...stride, ...dilation] });
    const terms = isWindowed ? [1, inputs * sizeOf(problem.kernel)] : [area, inputs];
    launch(sumOfParts, [sums], out, { ints: [...terms, texels, pairs, parts] });
  },
};

/** The same with rows of the result that are of whole texels; what is there more takes no part, since `dy` is zero there. */
function inWholeRows(problem: Conv2dProblem): Conv2dProblem {
  const [height, width] = problem.output;
  return { ...problem, output: [height, Math.ceil(width / 4) * 4] };
}

/** A convolution, or the gradient of one by its input, which has `step - 1` zeros between the pixels of its images. */
interface Correlation extends Conv2dProblem {
  readonly step?: Pair;
}

function backward({ images, inputs, outputs, input, output, kernel, stride, dilation, padding }: Conv2dProblem): Correlation {
  const before = [(kernel[0] - 1) * dilation[0] - padding[0], (kernel[1] - 1) * dilation[1] - padding[1]] as const;
  const turned = {
    inputs: outputs,
    outputs: inputs,
    input: output,
    output: input,
    stride: [1, 1],
    padding: before,
    step: stride,
  } as const;
  return { images, kernel, dilation, ...turned };
}

/** How images lie in a sheet, and the convolution that is left to do there. */
interface Layout {
  /** Images side by side. */
  readonly across: number;
  /** Of an image with its zeros: rows and columns. */
  readonly extents: Pair;
  /** Texels of a pixel. */
  readonly texels: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** Whether what lies under a window is the channels of one pixel. */
  readonly isWindowed: boolean;
  readonly tile: Tile;
  /** Tiles of an image, down and along. */
  readonly blocks: Pair;
}

/** The layout, unless it takes more than a sheet. */
function layoutOf({ side }: Sheets, problem: Correlation): Layout | undefined {
  const { images, inputs, outputs, output, kernel, stride, dilation, step } = problem;
  const area = sizeOf(kernel);
  const isWindowed = inputs < 4 && area > 1 && step === undefined;
  const texels = Math.ceil((isWindowed ? inputs * area : inputs) / 4);
  const [tile, blocks] = tileOf(output);
  const span = (axis: 0 | 1) => (output[axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1;
  const extents: Pair = isWindowed ? output : [span(0), span(1)];
  const across = Math.ceil((images * extents[0]) / side);
  const columns = Math.max(extents[1] * texels, blocks[1] * Math.ceil(outputs / 4), output[1] * Math.ceil(outputs / 8) * 2);
  const rows = isWindowed ? texels * 4 : area * texels * 4;
  const widest = Math.max(columns * across, rows, area * Math.ceil(outputs / 8));
  if (widest > side || Math.ceil(images / across) * extents[0] > side) return undefined;
  const unit: Pair = [1, 1];
  const left = isWindowed ? { kernel: unit, stride: unit, dilation: unit } : { kernel, stride, dilation };
  return { across, extents, texels, ...left, isWindowed, tile, blocks };
}

/** The tile that computes fewest pixels outside the image: one row of eight, or two of four. */
function tileOf([height, width]: Pair): [tile: Tile, blocks: Pair] {
  const tiles: readonly Tile[] = [
    [1, 8],
    [2, 4],
  ];
  const [row, square] = tiles.map(([down, along]): [Tile, Pair] => [
    [down, along],
    [Math.ceil(height / down), Math.ceil(width / along)],
  ]);
  return sizeOf(square[1]) < sizeOf(row[1]) ? square : row;
}

function suits({ sheets }: Machine, problem: Correlation, { groups }: Conv2dAttrs, { dtype }: TensorSpec): boolean {
  if (sheets === undefined || dtype !== 'float32' || groups !== 1) return false;
  const { images, inputs, outputs, output, kernel } = problem;
  if (images * inputs * outputs * sizeOf(output) * sizeOf(kernel) < leastWork) return false;
  const layout = layoutOf(sheets, problem);
  if (layout === undefined) return false;
  return 7 * layout.stride[1] + (layout.kernel[1] - 1) * layout.dilation[1] < widestWindow;
}

/** Images as a sheet. */
function framed(
  { sheets, launch }: { readonly sheets: Sheets; readonly launch: Machine['launch'] },
  x: Operand,
  { images, inputs, input, padding, kernel, stride, dilation, step = [1, 1] }: Correlation,
  { across, extents, texels, isWindowed }: Layout,
): Sheet {
  const [height, width] = extents;
  const sheet = sheets.take(Math.min(across, images) * width * texels, Math.ceil(images / across) * height);
  const ints = [texels, width, height, across, inputs, ...input, ...padding];
  if (isWindowed) launch(windows, [x], sheet, { ints: [...ints, ...stride, ...kernel, ...dilation] });
  else launch(frame, [x], sheet, { ints: [...ints, ...step] });
  return sheet;
}

/** Strides of a weight, and where its first tap is. */
interface TapStrides {
  readonly start: number;
  readonly tap: number;
  readonly input: number;
  readonly output: number;
}

function correlate(
  { sheets, launch }: Machine,
  x: Operand,
  w: Operand,
  problem: Correlation,
  by: TapStrides,
  out: Operand,
): void {
  const layout = sheets && layoutOf(sheets, problem);
  if (sheets === undefined || layout === undefined) return;
  const { across, extents, texels, kernel, stride, dilation, isWindowed, tile, blocks } = layout;
  const { images, inputs, outputs, output } = problem;
  const image = framed({ sheets, launch }, x, problem, layout);
  const columns = Math.ceil(outputs / 4);
  const weight = sheets.take(columns, sizeOf(kernel) * texels * 4);
  const rows = isWindowed ? inputs * sizeOf(problem.kernel) : inputs;
  const strides = isWindowed ? [0, 1] : [by.tap, by.input];
  launch(taps, [w], weight, { ints: [texels * 4, rows, outputs, by.start, ...strides, by.output] });
  const tiles = sheets.take(Math.min(across, images) * blocks[1] * columns, Math.ceil(images / across) * blocks[0], 8);
  launch(correlation(kernel[1], stride[1], dilation[1], tile), [image, weight], tiles, {
    ints: [texels, extents[1], extents[0], blocks[1], blocks[0], columns, kernel[0], stride[0], dilation[0]],
  });
  launch(collect(tile, output[1] % 4 === 0), [tiles], out, {
    ints: [output[1], output[0], outputs, across, blocks[1], blocks[0], columns],
  });
}
