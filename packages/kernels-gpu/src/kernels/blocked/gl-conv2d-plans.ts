import type { Pair } from '@dl/kernels';
import type { Sheets } from '../../machine.ts';
import type { Conv2dProblem } from './conv2d-problem.ts';
import type { Tile } from './gl-conv2d-programs.ts';
import { type Line, texelsUnder } from './gl-line.ts';
import type { Block } from './gl-outer-products.ts';

/** Texels of a row under the taps of a thread, at most: they are all in registers. */
const mostUnder = 16;
/** Taps of a line, at most, of which a thread sums all products. */
const mostTaps = 8;

/** Images whose pixels have `step - 1` zeros between them. */
export interface Images extends Pick<Conv2dProblem, 'images' | 'inputs' | 'input' | 'padding'> {
  readonly step?: Pair;
}

/** A convolution of such images. */
export type Correlation = Conv2dProblem & Images;

/** The gradient of a convolution by its input, as a convolution of the gradient of its result. */
export function backward({
  images,
  inputs,
  outputs,
  input,
  output,
  kernel,
  stride,
  dilation,
  padding,
}: Conv2dProblem): Correlation {
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

/** A plane with its zeros. */
export interface Plane {
  readonly rows: number;
  readonly texels: number;
}

/** Images side by side, so that no sheet is higher than it may be. */
function imagesAcross({ side }: Sheets, images: number, rows: number): number {
  return Math.ceil((images * rows) / side);
}

/** Whether images of as many planes lie in a sheet. */
function fits({ side }: Sheets, images: number, across: number, channels: number, { rows, texels }: Plane): boolean {
  return Math.ceil(images / across) * rows <= side && Math.min(images, across) * channels * texels <= side;
}

/** How a correlation lies in sheets. */
export interface Tiles {
  readonly across: number;
  readonly line: Line;
  readonly image: Plane;
  readonly tile: Tile;
  /** Tiles of a plane: rows, and columns as `texels`. */
  readonly blocks: Plane;
  /** Channels whose products make one sum. */
  readonly channels: number;
}

/** The sheets of a correlation, unless they are too large. */
export function tilesOf(
  sheets: Sheets,
  { images, inputs, outputs, output, kernel, stride, dilation }: Correlation,
): Tiles | undefined {
  const line = { taps: kernel[1], stride: stride[1], dilation: dilation[1] };
  const choices: readonly Tile[] = [
    [1, 2],
    [2, 1],
  ];
  const [best, other] = choices
    .map((tile) => {
      const [rows, texels] = tile;
      const blocks = { rows: Math.ceil(output[0] / rows), texels: Math.ceil(output[1] / (texels * 4)) };
      const fetches = blocks.rows * blocks.texels * (rows * texelsUnder(line, texels) + line.taps);
      return { tile, blocks, fetches };
    })
    .sort((a, b) => a.fetches - b.fetches);
  const image = {
    rows: (output[0] - 1) * stride[0] + (kernel[0] - 1) * dilation[0] + 1,
    texels: Math.ceil(((output[1] - 1) * stride[1] + (kernel[1] - 1) * dilation[1] + 1) / 4),
  };
  const columns = Math.ceil(outputs / 4);
  const across = imagesAcross(sheets, images, image.rows);
  for (const { tile, blocks } of [best, other]) {
    const isSmall =
      texelsUnder(line, tile[1]) <= mostUnder &&
      Math.max(kernel[1] * inputs, kernel[0] * columns) <= sheets.side &&
      fits(sheets, images, across, inputs, image) &&
      fits(sheets, images, across, columns, blocks);
    if (isSmall) return { across, line, image, tile, blocks, channels: channelsOf(inputs, line.taps) };
  }
  return undefined;
}

/** Channels whose products make one sum where taps are few: assignments to variables cost as much as fetches. */
function channelsOf(inputs: number, taps: number): number {
  return [4, 2].find((channels) => inputs % channels === 0 && channels * taps <= 4) ?? 1;
}

/** How products of x and dy lie in sheets. */
export interface Products {
  readonly across: number;
  readonly line: Line;
  readonly block: Block;
  readonly imageOfX: Plane;
  readonly imageOfDy: Plane;
  /** Blocks of channels of x and of dy. */
  readonly blocks: Pair;
}

/** The sheets of a gradient by a weight, unless they are too large. */
export function productsOf(
  sheets: Sheets,
  { images, inputs, outputs, output, kernel, stride, dilation }: Conv2dProblem,
): Products | undefined {
  const line = { taps: kernel[1], stride: stride[1], dilation: dilation[1] };
  if (line.taps > mostTaps || texelsUnder(line, 1) > mostUnder) return undefined;
  const block = blockOf(line.taps, inputs);
  const imageOfDy = { rows: output[0], texels: Math.ceil(output[1] / 4) };
  const imageOfX = {
    rows: (output[0] - 1) * stride[0] + (kernel[0] - 1) * dilation[0] + 1,
    texels: (imageOfDy.texels - 1) * stride[1] + texelsUnder(line, 1),
  };
  const across = imagesAcross(sheets, images, imageOfX.rows);
  const blocks = [Math.ceil(inputs / block[0]), Math.ceil(outputs / block[1])] as const;
  const areSmall =
    kernel[0] * blocks[0] <= sheets.side &&
    fits(sheets, images, across, inputs, imageOfX) &&
    fits(sheets, images, across, outputs, imageOfDy);
  return areSmall ? { across, line, block, imageOfX, imageOfDy, blocks } : undefined;
}

/** The channels that a thread takes: with the taps of a line thirty-two sums at most, which fill eight layers. */
function blockOf(taps: number, inputs: number): Block {
  if (taps > 4) return [1, 4];
  if (inputs === 1) return [1, 8];
  return [[4, 8] as const, [2, 8] as const, [2, 4] as const, [2, 4] as const][taps - 1];
}
