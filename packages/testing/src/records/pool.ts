import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import {
  type AvgPool2dOptions,
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  globalAvgPool2d,
  type MaxPool2dOptions,
  maxPool1d,
  maxPool2d,
  maxPool2dWithIndices,
  type NumberOrPair,
} from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

type Extents = readonly number[];

const pythonNames: Readonly<Record<string, string>> = { ceilMode: 'ceil_mode', countIncludePad: 'count_include_pad' };

function python(value: unknown): string {
  if (Array.isArray(value)) return `(${value.join(', ')})`;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

function keywords(options: AvgPool2dOptions | MaxPool2dOptions): string {
  return Object.entries(options)
    .map(([name, value]) => `, ${pythonNames[name] ?? name}=${python(value)}`)
    .join('');
}

function maximum(name: string, x: Extents, kernelSize: NumberOrPair, options: MaxPool2dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (image) => maxPool2d(image, kernelSize, options),
    torch: `F.max_pool2d(x0, ${python(kernelSize)}${keywords(options)})`,
  };
}

function average(name: string, x: Extents, kernelSize: NumberOrPair, options: AvgPool2dOptions = {}): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (image) => avgPool2d(image, kernelSize, options),
    torch: `F.avg_pool2d(x0, ${python(kernelSize)}${keywords(options)})`,
  };
}

function adaptive(name: string, x: Extents, size: NumberOrPair): OpSample {
  return {
    name,
    inputs: [uniform(x)],
    call: (image) => adaptiveAvgPool2d(image, size),
    torch: `F.adaptive_avg_pool2d(x0, ${python(size)})`,
  };
}

/** Poolings. */
export const poolRecords: readonly OpRecord[] = [
  {
    name: 'maxPool2d',
    samples: [
      maximum('2 by 2', [2, 3, 4, 6], 2),
      maximum('a rest at the end', [1, 2, 5, 5], 2),
      maximum('ceil mode', [1, 2, 5, 5], 2, { ceilMode: true }),
      maximum('overlapping', [1, 2, 7, 7], 3, { stride: 2 }),
      maximum('padding', [1, 2, 6, 6], 3, { stride: 2, padding: 1 }),
      maximum('padding of one axis', [1, 1, 4, 6], [1, 3], { padding: [0, 1] }),
      maximum('dilation', [1, 2, 6, 7], 2, { stride: 1, dilation: [2, 3] }),
      maximum('everything', [1, 2, 7, 8], [3, 2], { stride: [2, 3], padding: [1, 1], dilation: [1, 2], ceilMode: true }),
      maximum('last window in the padding dropped', [1, 1, 4, 4], 2, { stride: 3, padding: 1, ceilMode: true }),
      maximum('empty batch', [0, 2, 4, 4], 2),
      {
        name: 'NaN and infinities',
        inputs: [
          floats(
            [
              Number.NaN,
              1,
              Number.NEGATIVE_INFINITY,
              Number.NEGATIVE_INFINITY,
              2,
              3,
              Number.NEGATIVE_INFINITY,
              Number.NEGATIVE_INFINITY,
            ],
            [1, 1, 2, 4],
          ),
        ],
        call: (x) => maxPool2d(x, 2),
        torch: 'F.max_pool2d(x0, 2)',
        differentiable: [],
      },
    ],
    kinks: [
      {
        name: 'equal maxima',
        inputs: [floats([1, 5, 5, 5], [1, 1, 2, 2])],
        call: (x) => maxPool2d(x, 2),
        gradients: [[0, 1, 0, 0]],
      },
    ],
    errors: [
      {
        name: 'window larger than the image',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => maxPool2d(x, 3),
        error: ShapeError,
        message: 'maxPool2d: window must fit in the padded input, got 3 and 2 at axis 2 (x [1, 1, 2, 2])',
      },
      {
        name: 'padding above half of the kernel',
        inputs: [uniform([1, 1, 4, 4])],
        call: (x) => maxPool2d(x, 2, { padding: 2 }),
        error: ArgumentError,
        message: 'maxPool2d: padding must be at most half of the kernel, got 2 and 2 (x [1, 1, 4, 4])',
      },
      {
        name: 'no batch axis',
        inputs: [uniform([1, 4, 4])],
        call: (x) => maxPool2d(x, 2),
        error: ShapeError,
        message: 'maxPool2d: x must have 4 axes [n, c, h, w], got 3 (x [1, 4, 4])',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2, 3, 4], [1, 1, 2, 2])],
        call: (x) => maxPool2d(x, 2),
        error: DTypeError,
        message: "maxPool2d: dtype must be float, got int32: convert it with cast(x, 'float32')",
      },
    ],
  },
  {
    name: 'maxPool2dWithIndices',
    samples: [
      {
        name: 'overlapping and padded',
        inputs: [uniform([2, 2, 5, 6])],
        call: (x) => {
          const { values, indices } = maxPool2dWithIndices(x, 3, { stride: 2, padding: 1 });
          return [values, indices];
        },
        torch: 'F.max_pool2d(x0, 3, stride=2, padding=1, return_indices=True)',
      },
    ],
  },
  {
    name: 'maxPool1d',
    samples: [
      { name: 'plain', inputs: [uniform([2, 2, 6])], call: (x) => maxPool1d(x, 2), torch: 'F.max_pool1d(x0, 2)' },
      {
        name: 'everything',
        inputs: [uniform([1, 2, 9])],
        call: (x) => maxPool1d(x, 3, { stride: 2, padding: 1, dilation: 2, ceilMode: true }),
        torch: 'F.max_pool1d(x0, 3, stride=2, padding=1, dilation=2, ceil_mode=True)',
      },
    ],
    errors: [
      {
        name: 'image',
        inputs: [uniform([1, 1, 4, 4])],
        call: (x) => maxPool1d(x, 2),
        error: ShapeError,
        message: 'maxPool1d: x must have 3 axes [n, c, l], got 4 (x [1, 1, 4, 4])',
      },
    ],
  },
  {
    name: 'avgPool2d',
    samples: [
      average('2 by 2', [2, 3, 4, 6], 2),
      average('overlapping', [1, 2, 5, 5], 3, { stride: 2 }),
      average('padding counts', [1, 2, 4, 4], 3, { stride: 2, padding: 1 }),
      average('padding does not count', [1, 2, 4, 4], 3, { stride: 2, padding: 1, countIncludePad: false }),
      average('ceil mode', [1, 2, 5, 6], 2, { ceilMode: true }),
      average('ceil mode, padding counts', [1, 2, 6, 5], 3, { stride: 2, padding: 1, ceilMode: true }),
      average('ceil mode, padding does not count', [1, 2, 6, 5], 3, {
        stride: 2,
        padding: 1,
        ceilMode: true,
        countIncludePad: false,
      }),
      average('pairs', [1, 2, 4, 7], [1, 3], { stride: [2, 1], padding: [0, 1] }),
      average('stride beyond the kernel', [1, 1, 5, 5], 1, { stride: 2 }),
      average('empty batch', [0, 2, 4, 4], 2),
    ],
    errors: [
      {
        name: 'stride 0',
        inputs: [uniform([1, 1, 4, 4])],
        call: (x) => avgPool2d(x, 2, { stride: 0 }),
        error: ArgumentError,
        message: 'avgPool2d: stride must be two integers of at least 1, got [0, 0]',
      },
      {
        name: 'uint8',
        inputs: [integers([1, 2, 3, 4], [1, 1, 2, 2], 'uint8')],
        call: (x) => avgPool2d(x, 2),
        error: DTypeError,
        message: "avgPool2d: dtype must be float, got uint8: convert it with cast(x, 'float32')",
      },
    ],
  },
  {
    name: 'avgPool1d',
    samples: [
      { name: 'plain', inputs: [uniform([2, 2, 6])], call: (x) => avgPool1d(x, 2), torch: 'F.avg_pool1d(x0, 2)' },
      {
        name: 'everything',
        inputs: [uniform([1, 2, 8])],
        call: (x) => avgPool1d(x, 3, { stride: 2, padding: 1, ceilMode: true, countIncludePad: false }),
        torch: 'F.avg_pool1d(x0, 3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)',
      },
    ],
    errors: [
      {
        name: 'image',
        inputs: [uniform([1, 1, 4, 4])],
        call: (x) => avgPool1d(x, 2),
        error: ShapeError,
        message: 'avgPool1d: x must have 3 axes [n, c, l], got 4 (x [1, 1, 4, 4])',
      },
    ],
  },
  {
    name: 'adaptiveAvgPool2d',
    samples: [
      adaptive('sizes that divide', [2, 3, 6, 4], [3, 2]),
      adaptive('overlapping windows', [1, 2, 5, 7], [3, 2]),
      adaptive('one axis divides', [1, 2, 6, 5], [2, 3]),
      adaptive('larger than the image', [1, 2, 2, 3], 4),
      adaptive('to one pixel', [2, 3, 4, 5], 1),
    ],
    errors: [
      {
        name: 'size 0',
        inputs: [uniform([1, 1, 4, 4])],
        call: (x) => adaptiveAvgPool2d(x, 0),
        error: ArgumentError,
        message: 'adaptiveAvgPool2d: size must be two integers of at least 1, got [0, 0]',
      },
      {
        name: 'no pixels',
        inputs: [uniform([1, 1, 0, 4])],
        call: (x) => adaptiveAvgPool2d(x, 1),
        error: ShapeError,
        message: 'adaptiveAvgPool2d: image must have pixels, got 0 by 4 (x [1, 1, 0, 4])',
      },
    ],
  },
  {
    name: 'globalAvgPool2d',
    samples: [
      {
        name: 'images',
        inputs: [uniform([2, 3, 4, 5])],
        call: globalAvgPool2d,
        torch: 'x0.mean((2, 3), keepdim=True)',
      },
    ],
    errors: [
      {
        name: 'matrix',
        inputs: [uniform([2, 3])],
        call: globalAvgPool2d,
        error: ShapeError,
        message: 'globalAvgPool2d: x must have 4 axes [n, c, h, w], got 2 (x [2, 3])',
      },
    ],
  },
];
