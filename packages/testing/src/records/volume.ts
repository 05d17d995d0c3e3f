import { ArgumentError, ShapeError } from '@dl/kernels';
import {
  type AvgPool3dOptions,
  adaptiveAvgPool1d,
  adaptiveAvgPool3d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  adaptiveMaxPool3d,
  avgPool3d,
  type Conv3dOptions,
  type ConvTranspose1dOptions,
  type ConvTranspose3dOptions,
  conv3d,
  convTranspose1d,
  convTranspose3d,
  fold,
  globalMaxPool2d,
  type MaxPool3dOptions,
  maxPool3d,
  type NumberOrPair,
  type NumberOrTriple,
  pixelShuffle,
  pixelUnshuffle,
  type Tensor,
  type UnfoldOptions,
  unfold,
  vec,
} from '@dl/tensor';
import type { OpErrorSample, OpRecord, OpSample } from '../record.ts';
import { integers, uniform } from '../sample.ts';

type Extents = readonly number[];

const pythonNames: Readonly<Record<string, string>> = {
  ceilMode: 'ceil_mode',
  countIncludePad: 'count_include_pad',
  outputPadding: 'output_padding',
};

function python(value: unknown): string {
  if (Array.isArray(value)) return `(${value.join(', ')})`;
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

function keywords(options: object): string {
  return Object.entries(options)
    .map(([name, value]) => `, ${pythonNames[name] ?? name}=${python(value)}`)
    .join('');
}

function convolution(name: string, x: Extents, weight: Extents, options: Conv3dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (volume, kernel) => conv3d(volume, kernel, options),
    torch: `F.conv3d(x0, x1${keywords(options)})`,
  };
}

function transposed3d(name: string, x: Extents, weight: Extents, options: ConvTranspose3dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (volume, kernel) => convTranspose3d(volume, kernel, options),
    torch: `F.conv_transpose3d(x0, x1${keywords(options)})`,
  };
}

function transposed1d(name: string, x: Extents, weight: Extents, options: ConvTranspose1dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x), uniform(weight, { seed: 1 })],
    call: (signal, kernel) => convTranspose1d(signal, kernel, options),
    torch: `F.conv_transpose1d(x0, x1${keywords(options)})`,
  };
}

function maximum(name: string, x: Extents, kernelSize: NumberOrTriple, options: MaxPool3dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (volume) => maxPool3d(volume, kernelSize, options),
    torch: `F.max_pool3d(x0, ${python(kernelSize)}${keywords(options)})`,
  };
}

function average(name: string, x: Extents, kernelSize: NumberOrTriple, options: AvgPool3dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (volume) => avgPool3d(volume, kernelSize, options),
    torch: `F.avg_pool3d(x0, ${python(kernelSize)}${keywords(options)})`,
  };
}

function windows(name: string, x: Extents, kernelSize: NumberOrPair, options: UnfoldOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (image) => unfold(image, kernelSize, options),
    torch: `F.unfold(x0, ${python(kernelSize)}${keywords(options)})`,
  };
}

function folded(name: string, x: Extents, size: NumberOrPair, kernelSize: NumberOrPair, options: UnfoldOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (columns) => fold(columns, size, kernelSize, options),
    torch: `F.fold(x0, ${python(size)}, ${python(kernelSize)}${keywords(options)})`,
  };
}

function sized(name: string, x: Extents, call: (x: Tensor) => Tensor, torch: string): OpSample {
  return { name, inputs: [uniform(x)], call, torch };
}

function rankError(name: string, call: (x: Tensor) => unknown, layout: string): OpErrorSample {
  const rank = layout.split(',').length;
  return {
    name: 'rank',
    inputs: [uniform([2, 2])],
    call,
    error: ShapeError,
    message: `${name}: x must have ${rank} axes ${layout}, got 2 (x [2, 2])`,
  };
}

const volume = '[n, c, d, h, w]';

/** What works on signals, volumes and windows: made of the 2-D convolutions and poolings. */
export const volumeRecords: readonly OpRecord[] = [
  {
    name: 'conv3d',
    samples: [
      convolution('plain', [2, 2, 4, 4, 5], [3, 2, 2, 3, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 3, 3, 3]), uniform([2, 2, 2, 2, 2], { seed: 1 }), uniform([2], { seed: 2 })],
        call: (x, weight, bias) => conv3d(x, weight, { bias }),
        torch: 'F.conv3d(x0, x1, x2)',
      },
      convolution('stride, padding, dilation, groups', [1, 4, 5, 6, 7], [4, 2, 2, 2, 3], {
        stride: [2, 1, 2],
        padding: [1, 0, 2],
        dilation: [2, 1, 1],
        groups: 2,
      }),
      convolution("padding 'same', even kernel", [1, 1, 3, 3, 4], [2, 1, 2, 3, 2], { padding: 'same' }),
      convolution("padding 'valid'", [1, 1, 3, 3, 3], [1, 1, 3, 1, 2], { padding: 'valid' }),
    ],
    errors: [
      rankError('conv3d', (x) => conv3d(x, x), volume),
      {
        name: 'kernel too deep',
        inputs: [uniform([1, 1, 2, 3, 3]), uniform([1, 1, 3, 1, 1])],
        call: (x, weight) => conv3d(x, weight),
        error: ShapeError,
        message: 'conv3d: kernel must fit in the padded input, got 3 and 2 at axis 2 (x [1, 1, 2, 3, 3], weight [1, 1, 3, 1, 1])',
      },
      {
        name: 'stride 0',
        inputs: [uniform([1, 1, 2, 3, 3]), uniform([1, 1, 1, 1, 1])],
        call: (x, weight) => conv3d(x, weight, { stride: 0 }),
        error: ArgumentError,
        message: 'conv3d: stride must be three integers of at least 1, got [0, 0, 0]',
      },
      {
        name: "padding 'same' with a stride",
        inputs: [uniform([1, 1, 2, 3, 3]), uniform([1, 1, 1, 1, 1])],
        call: (x, weight) => conv3d(x, weight, { stride: 2, padding: 'same' }),
        error: ArgumentError,
        message: "conv3d: padding 'same' must go with stride 1, got stride 2 by 2 by 2",
      },
    ],
  },
  {
    name: 'convTranspose3d',
    samples: [
      transposed3d('plain', [2, 2, 2, 3, 2], [2, 3, 2, 2, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 2, 2, 2]), uniform([2, 2, 2, 2, 2], { seed: 1 }), uniform([2], { seed: 2 })],
        call: (x, weight, bias) => convTranspose3d(x, weight, { bias, stride: 2 }),
        torch: 'F.conv_transpose3d(x0, x1, x2, stride=2)',
      },
      transposed3d('everything', [1, 4, 2, 2, 3], [4, 1, 3, 2, 3], {
        stride: [2, 1, 2],
        padding: [1, 0, 1],
        outputPadding: [1, 0, 1],
        dilation: [1, 2, 1],
        groups: 2,
      }),
    ],
    errors: [
      rankError('convTranspose3d', (x) => convTranspose3d(x, x), volume),
      {
        name: 'output padding too large',
        inputs: [uniform([1, 1, 2, 2, 2]), uniform([1, 1, 2, 2, 2])],
        call: (x, weight) => convTranspose3d(x, weight, { stride: 2, outputPadding: 2 }),
        error: ArgumentError,
        message: 'convTranspose3d: outputPadding must be below stride or dilation, got 2 and 2, 1',
      },
      {
        name: 'nothing left',
        inputs: [uniform([1, 1, 1, 2, 2]), uniform([1, 1, 2, 2, 2])],
        call: (x, weight) => convTranspose3d(x, weight, { padding: [1, 0, 0] }),
        error: ShapeError,
        message: 'convTranspose3d: output must not be empty, got 0 at axis 2 (x [1, 1, 1, 2, 2], weight [1, 1, 2, 2, 2])',
      },
    ],
  },
  {
    name: 'convTranspose1d',
    samples: [
      transposed1d('plain', [2, 3, 4], [3, 2, 3]),
      {
        name: 'bias',
        inputs: [uniform([1, 2, 3]), uniform([2, 3, 2], { seed: 1 }), uniform([3], { seed: 2 })],
        call: (x, weight, bias) => convTranspose1d(x, weight, { bias }),
        torch: 'F.conv_transpose1d(x0, x1, x2)',
      },
      transposed1d('everything', [1, 4, 3], [4, 1, 3], { stride: 3, padding: 1, outputPadding: 2, dilation: 2, groups: 2 }),
    ],
    errors: [rankError('convTranspose1d', (x) => convTranspose1d(x, x), '[n, c, l]')],
  },
  {
    name: 'maxPool3d',
    samples: [
      maximum('2 by 2 by 2', [1, 2, 4, 4, 6], 2),
      maximum('overlapping, padded', [1, 1, 5, 5, 4], 3, { stride: 2, padding: 1 }),
      maximum('everything', [1, 2, 5, 6, 7], [2, 3, 2], {
        stride: [2, 1, 2],
        padding: [1, 1, 0],
        dilation: [1, 1, 2],
        ceilMode: true,
      }),
    ],
    kinks: [
      {
        name: 'equal maxima: the first in row-major order',
        inputs: [uniform([1, 1, 2, 2, 2], { low: 1, high: 1 })],
        call: (x) => maxPool3d(x, 2),
        gradients: [[1, 0, 0, 0, 0, 0, 0, 0]],
      },
    ],
    errors: [rankError('maxPool3d', (x) => maxPool3d(x, 2), volume)],
  },
  {
    name: 'avgPool3d',
    samples: [
      average('2 by 2 by 2', [1, 2, 4, 4, 6], 2),
      average('padded', [1, 1, 5, 5, 4], 3, { stride: 2, padding: 1 }),
      average('padding not counted', [1, 1, 5, 4, 4], [3, 2, 3], { stride: [2, 2, 1], padding: 1, countIncludePad: false }),
      average('ceil mode', [1, 1, 5, 5, 5], 2, { ceilMode: true }),
    ],
    errors: [rankError('avgPool3d', (x) => avgPool3d(x, 2), volume)],
  },
  {
    name: 'adaptiveAvgPool1d',
    samples: [
      sized('divides', [2, 3, 6], (x) => adaptiveAvgPool1d(x, 3), 'F.adaptive_avg_pool1d(x0, 3)'),
      sized('does not', [1, 2, 7], (x) => adaptiveAvgPool1d(x, 3), 'F.adaptive_avg_pool1d(x0, 3)'),
    ],
    errors: [rankError('adaptiveAvgPool1d', (x) => adaptiveAvgPool1d(x, 2), '[n, c, l]')],
  },
  {
    name: 'adaptiveAvgPool3d',
    samples: [
      sized('divides', [1, 2, 4, 2, 6], (x) => adaptiveAvgPool3d(x, 2), 'F.adaptive_avg_pool3d(x0, 2)'),
      sized('does not', [1, 2, 5, 4, 3], (x) => adaptiveAvgPool3d(x, [2, 3, 2]), 'F.adaptive_avg_pool3d(x0, (2, 3, 2))'),
    ],
    errors: [rankError('adaptiveAvgPool3d', (x) => adaptiveAvgPool3d(x, 2), volume)],
  },
  {
    name: 'adaptiveMaxPool1d',
    samples: [
      sized('divides', [2, 3, 6], (x) => adaptiveMaxPool1d(x, 3), 'F.adaptive_max_pool1d(x0, 3)'),
      sized('does not', [1, 2, 7], (x) => adaptiveMaxPool1d(x, 3), 'F.adaptive_max_pool1d(x0, 3)'),
    ],
    errors: [rankError('adaptiveMaxPool1d', (x) => adaptiveMaxPool1d(x, 2), '[n, c, l]')],
  },
  {
    name: 'adaptiveMaxPool2d',
    samples: [
      sized('divides', [1, 2, 4, 6], (x) => adaptiveMaxPool2d(x, 2), 'F.adaptive_max_pool2d(x0, 2)'),
      sized('does not', [1, 2, 5, 7], (x) => adaptiveMaxPool2d(x, [3, 2]), 'F.adaptive_max_pool2d(x0, (3, 2))'),
      sized('larger than the image', [1, 1, 2, 2], (x) => adaptiveMaxPool2d(x, 3), 'F.adaptive_max_pool2d(x0, 3)'),
    ],
    errors: [rankError('adaptiveMaxPool2d', (x) => adaptiveMaxPool2d(x, 2), '[n, c, h, w]')],
  },
  {
    name: 'adaptiveMaxPool3d',
    samples: [
      sized('divides', [1, 2, 4, 2, 6], (x) => adaptiveMaxPool3d(x, 2), 'F.adaptive_max_pool3d(x0, 2)'),
      sized('does not', [1, 2, 5, 4, 3], (x) => adaptiveMaxPool3d(x, [2, 3, 2]), 'F.adaptive_max_pool3d(x0, (2, 3, 2))'),
    ],
    errors: [rankError('adaptiveMaxPool3d', (x) => adaptiveMaxPool3d(x, 2), volume)],
  },
  {
    name: 'globalMaxPool2d',
    samples: [sized('image', [2, 3, 3, 4], globalMaxPool2d, 'F.adaptive_max_pool2d(x0, 1)')],
    errors: [
      {
        name: 'rank',
        inputs: [uniform([2, 2])],
        call: globalMaxPool2d,
        error: ShapeError,
        message: 'adaptiveMaxPool2d: x must have 4 axes [n, c, h, w], got 2 (x [2, 2])',
      },
    ],
  },
  {
    name: 'unfold',
    samples: [
      windows('3 by 3', [2, 2, 5, 5], 3),
      windows('stride and padding', [1, 2, 5, 6], [2, 3], { stride: [2, 1], padding: [1, 2] }),
      windows('dilation', [1, 1, 6, 6], 2, { dilation: [2, 3] }),
    ],
    errors: [
      rankError('unfold', (x) => unfold(x, 2), '[n, c, h, w]'),
      {
        name: 'window too large',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => unfold(x, 3),
        error: ShapeError,
        message: 'unfold: window must fit in the padded input, got 3 and 2 at axis 2 (x [1, 1, 2, 2])',
      },
    ],
  },
  {
    name: 'fold',
    samples: [
      folded('3 by 3', [2, 18, 9], 5, 3),
      folded('stride and padding', [1, 12, 24], [5, 6], [2, 3], { stride: [2, 1], padding: [1, 2] }),
      folded('dilation', [1, 4, 12], 6, 2, { dilation: [2, 3] }),
    ],
    errors: [
      rankError('fold', (x) => fold(x, 4, 2), '[n, c * kh * kw, l]'),
      {
        name: 'columns of other images',
        inputs: [uniform([1, 4, 5])],
        call: (x) => fold(x, 3, 2),
        error: ShapeError,
        message: 'fold: x must be [n, c * 4, 4], got [1, 4, 5] (size 3 by 3)',
      },
    ],
  },
  {
    name: 'pixelShuffle',
    samples: [sized('by 2', [1, 8, 2, 3], (x) => pixelShuffle(x, 2), 'F.pixel_shuffle(x0, 2)')],
    errors: [
      {
        name: 'channels',
        inputs: [uniform([1, 6, 2, 2])],
        call: (x) => pixelShuffle(x, 2),
        error: ShapeError,
        message: 'pixelShuffle: x must be [n, c * 4, h, w], got [1, 6, 2, 2]',
      },
    ],
  },
  {
    name: 'pixelUnshuffle',
    samples: [sized('by 2', [1, 2, 4, 6], (x) => pixelUnshuffle(x, 2), 'F.pixel_unshuffle(x0, 2)')],
    errors: [
      {
        name: 'factor',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => pixelUnshuffle(x, 0),
        error: ArgumentError,
        message: 'pixelUnshuffle: downscaleFactor must be a positive integer, got 0',
      },
    ],
  },
  {
    name: 'vec',
    samples: [
      sized('matrix', [2, 3], vec, 'x0.reshape(-1)'),
      { name: 'int32 volume', inputs: [integers([1, 2, 3, 4], [2, 1, 2])], call: vec, torch: 'x0.reshape(-1)' },
    ],
  },
];
