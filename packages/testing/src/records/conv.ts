import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { type Conv1dOptions, type Conv2dOptions, type ConvTranspose2dOptions, conv1d, conv2d, convTranspose2d } from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { integers, uniform } from '../sample.ts';

type Extents = readonly number[];

/** Options as PyTorch's keyword arguments. */
function keywords(options: Conv2dOptions | Conv1dOptions | ConvTranspose2dOptions): string {
  return Object.entries(options)
    .map(([name, value]) => {
      const python = Array.isArray(value) ? `(${value.join(', ')})` : typeof value === 'string' ? `'${value}'` : value;
      return `, ${name === 'outputPadding' ? 'output_padding' : name}=${python}`;
    })
    .join('');
}

function convolution(name: string, x: Extents, weight: Extents, options: Conv2dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (image, kernel) => conv2d(image, kernel, options),
    torch: `F.conv2d(x0, x1${keywords(options)})`,
  };
}

function transposed(name: string, x: Extents, weight: Extents, options: ConvTranspose2dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (image, kernel) => convTranspose2d(image, kernel, options),
    torch: `F.conv_transpose2d(x0, x1${keywords(options)})`,
  };
}

function convolution1d(name: string, x: Extents, weight: Extents, options: Conv1dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (signal, kernel) => conv1d(signal, kernel, options),
    torch: `F.conv1d(x0, x1${keywords(options)})`,
  };
}

/** Convolutions. */
export const convRecords: readonly OpRecord[] = [
  {
    name: 'conv2d',
    samples: [
      convolution('plain', [2, 3, 5, 6], [4, 3, 3, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 4, 4]), uniform([3, 2, 3, 3], { seed: 1 }), uniform([3], { seed: 2 })],
        call: (x, weight, bias) => conv2d(x, weight, { bias }),
        torch: 'F.conv2d(x0, x1, x2)',
      },
      convolution('1 by 1', [2, 3, 4, 4], [5, 3, 1, 1]),
      convolution('stride 2', [1, 2, 6, 6], [3, 2, 3, 3], { stride: 2 }),
      convolution('stride that leaves a rest', [1, 2, 6, 7], [2, 2, 3, 3], { stride: 2 }),
      convolution('stride beyond the kernel', [1, 1, 7, 8], [2, 1, 2, 2], { stride: 3 }),
      convolution('strides 1 and 2', [1, 2, 4, 6], [2, 2, 2, 3], { stride: [1, 2] }),
      convolution('padding 1', [1, 2, 4, 4], [3, 2, 3, 3], { padding: 1 }),
      convolution('padding 2 and 0', [1, 2, 4, 5], [2, 2, 3, 3], { padding: [2, 0] }),
      convolution('padding beyond the kernel', [1, 1, 2, 2], [1, 1, 2, 2], { padding: 3 }),
      convolution('dilation 2', [1, 2, 6, 6], [2, 2, 3, 3], { dilation: 2 }),
      convolution('dilation 1 and 3', [1, 1, 4, 8], [2, 1, 2, 3], { dilation: [1, 3] }),
      convolution('groups 2', [2, 4, 4, 4], [6, 2, 3, 3], { groups: 2 }),
      convolution('depthwise', [1, 3, 5, 5], [3, 1, 3, 3], { groups: 3, padding: 1 }),
      convolution('depthwise with multiplier, stride 2', [1, 3, 6, 6], [6, 1, 3, 3], { groups: 3, stride: 2, padding: 1 }),
      convolution('everything', [2, 4, 7, 9], [4, 2, 2, 3], { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 }),
      convolution("padding 'same', odd kernel", [1, 2, 4, 5], [2, 2, 3, 3], { padding: 'same' }),
      convolution("padding 'same', even kernel", [1, 2, 4, 5], [2, 2, 2, 4], { padding: 'same' }),
      convolution("padding 'same', dilation 3", [1, 1, 5, 5], [1, 1, 2, 3], { padding: 'same', dilation: 3 }),
      convolution("padding 'valid'", [1, 2, 4, 5], [2, 2, 3, 2], { padding: 'valid' }),
      convolution('whole image', [2, 2, 3, 4], [3, 2, 3, 4]),
      convolution('empty batch', [0, 2, 4, 4], [3, 2, 3, 3]),
      convolution('LeNet, first layer, smaller', [1, 1, 9, 9], [2, 1, 5, 5], { padding: 2 }),
    ],
    errors: [
      {
        name: 'channels',
        inputs: [uniform([1, 3, 4, 4]), uniform([2, 2, 3, 3])],
        call: (x, weight) => conv2d(x, weight),
        error: ShapeError,
        message: 'conv2d: channels must match, got 3 in x and 2 in weight (x [1, 3, 4, 4], weight [2, 2, 3, 3], groups 1)',
      },
      {
        name: 'groups do not divide the output',
        inputs: [uniform([1, 4, 4, 4]), uniform([3, 2, 3, 3])],
        call: (x, weight) => conv2d(x, weight, { groups: 2 }),
        error: ShapeError,
        message: 'conv2d: output channels must divide into groups, got 3 and 2 (x [1, 4, 4, 4], weight [3, 2, 3, 3], groups 2)',
      },
      {
        name: 'kernel larger than the image',
        inputs: [uniform([1, 1, 2, 5]), uniform([1, 1, 3, 3])],
        call: (x, weight) => conv2d(x, weight),
        error: ShapeError,
        message:
          'conv2d: kernel must fit in the padded input, got 3 and 2 at axis 2 (x [1, 1, 2, 5], weight [1, 1, 3, 3], groups 1)',
      },
      {
        name: 'image without a batch axis',
        inputs: [uniform([1, 4, 4]), uniform([1, 1, 3, 3])],
        call: (x, weight) => conv2d(x, weight),
        error: ShapeError,
        message: 'conv2d: x must have 4 axes [n, c, h, w], got 3 (x [1, 4, 4])',
      },
      {
        name: "image without a batch axis, padding 'same'",
        inputs: [uniform([1, 4, 4]), uniform([1, 1, 2, 2])],
        call: (x, weight) => conv2d(x, weight, { padding: 'same' }),
        error: ShapeError,
        message: 'conv2d: x must have 4 axes [n, c, h, w], got 3 (x [1, 4, 4])',
      },
      {
        name: 'bias',
        inputs: [uniform([1, 1, 4, 4]), uniform([2, 1, 3, 3]), uniform([3])],
        call: (x, weight, bias) => conv2d(x, weight, { bias }),
        error: ShapeError,
        message: 'conv2d: bias must be one number a channel, got [3] for 2 channels',
      },
      {
        name: 'stride 0',
        inputs: [uniform([1, 1, 4, 4]), uniform([2, 1, 3, 3])],
        call: (x, weight) => conv2d(x, weight, { stride: 0 }),
        error: ArgumentError,
        message: 'conv2d: stride must be two integers of at least 1, got [0, 0]',
      },
      {
        name: "padding 'same' with a stride",
        inputs: [uniform([1, 1, 4, 4]), uniform([2, 1, 3, 3])],
        call: (x, weight) => conv2d(x, weight, { stride: 2, padding: 'same' }),
        error: ArgumentError,
        message: "conv2d: padding 'same' must go with stride 1, got stride 2 by 2",
      },
      {
        name: 'integers',
        inputs: [integers([1, 2, 3, 4], [1, 1, 2, 2]), uniform([1, 1, 2, 2])],
        call: (x, weight) => conv2d(x, weight),
        error: DTypeError,
        message: /^conv2d: dtypes must be one float type, got int32 and float(32|64): convert with cast\(x, 'float32'\)$/,
      },
    ],
  },
  {
    name: 'conv1d',
    samples: [
      convolution1d('plain', [2, 3, 7], [4, 3, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 5]), uniform([3, 2, 2], { seed: 1 }), uniform([3], { seed: 2 })],
        call: (x, weight, bias) => conv1d(x, weight, { bias }),
        torch: 'F.conv1d(x0, x1, x2)',
      },
      convolution1d('everything', [1, 4, 9], [4, 2, 3], { stride: 2, padding: 1, dilation: 2, groups: 2 }),
      convolution1d("padding 'same', even kernel", [1, 2, 5], [2, 2, 4], { padding: 'same' }),
      convolution1d("padding 'valid'", [1, 2, 5], [2, 2, 4], { padding: 'valid' }),
    ],
    errors: [
      {
        name: 'image',
        inputs: [uniform([1, 1, 4, 4]), uniform([1, 1, 3])],
        call: (x, weight) => conv1d(x, weight),
        error: ShapeError,
        message: 'conv1d: x must have 3 axes [n, c, l], got 4 (x [1, 1, 4, 4])',
      },
      {
        name: 'kernel of an image',
        inputs: [uniform([1, 1, 4]), uniform([1, 1, 3, 3])],
        call: (x, weight) => conv1d(x, weight),
        error: ShapeError,
        message: 'conv1d: weight must have 3 axes [o, c / groups, k], got 4 (weight [1, 1, 3, 3])',
      },
    ],
  },
  {
    name: 'convTranspose2d',
    samples: [
      transposed('plain', [2, 3, 3, 4], [3, 2, 3, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 3, 3]), uniform([2, 3, 2, 2], { seed: 1 }), uniform([3], { seed: 2 })],
        call: (x, weight, bias) => convTranspose2d(x, weight, { bias, stride: 2 }),
        torch: 'F.conv_transpose2d(x0, x1, x2, stride=2)',
      },
      transposed('stride 2, padding 1', [1, 2, 3, 3], [2, 3, 4, 4], { stride: 2, padding: 1 }),
      transposed('output padding', [1, 2, 3, 3], [2, 2, 3, 3], { stride: 2, padding: 1, outputPadding: 1 }),
      transposed('output padding on one side', [1, 2, 2, 3], [2, 2, 3, 3], { stride: [1, 3], outputPadding: [0, 2] }),
      transposed('output padding below a dilation', [1, 2, 3, 3], [2, 2, 2, 2], { dilation: 3, padding: 1, outputPadding: 2 }),
      transposed('output padding of more than a stride', [1, 1, 3, 2], [1, 2, 2, 2], {
        stride: 2,
        dilation: 4,
        outputPadding: 3,
      }),
      transposed('dilation 2', [1, 2, 3, 3], [2, 2, 2, 3], { dilation: 2 }),
      transposed('groups 2', [1, 4, 3, 3], [4, 3, 2, 2], { groups: 2 }),
      transposed('depthwise', [1, 3, 3, 3], [3, 1, 2, 2], { groups: 3, stride: 2 }),
      transposed('DCGAN, first layer', [2, 4, 1, 1], [4, 3, 4, 4]),
    ],
    errors: [
      {
        name: 'channels',
        inputs: [uniform([1, 3, 4, 4]), uniform([2, 3, 3, 3])],
        call: (x, weight) => convTranspose2d(x, weight),
        error: ShapeError,
        message:
          'convTranspose2d: channels must match, got 3 in x and 2 in weight (x [1, 3, 4, 4], weight [2, 3, 3, 3], groups 1)',
      },
      {
        name: 'output padding too large',
        inputs: [uniform([1, 1, 2, 2]), uniform([1, 1, 2, 2])],
        call: (x, weight) => convTranspose2d(x, weight, { stride: 2, outputPadding: 2 }),
        error: ArgumentError,
        message: 'convTranspose2d: outputPadding must be below stride or dilation, got 2 and 2, 1',
      },
      {
        name: 'nothing left',
        inputs: [uniform([1, 1, 1, 1]), uniform([1, 1, 2, 2])],
        call: (x, weight) => convTranspose2d(x, weight, { padding: 1 }),
        error: ShapeError,
        message: 'convTranspose2d: output must not be empty, got 0 at axis 2 (x [1, 1, 1, 1], weight [1, 1, 2, 2], groups 1)',
      },
    ],
  },
];
