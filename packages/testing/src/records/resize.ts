import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { type InterpolateOptions, interpolate } from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { integers, uniform } from '../sample.ts';

function resizing(name: string, x: readonly number[], options: InterpolateOptions): OpSample {
  const { size, scaleFactor, mode = 'nearest', alignCorners } = options;
  const target = size === undefined ? `scale_factor=${python(scaleFactor)}` : `size=${python(size)}`;
  const corners = alignCorners ? ', align_corners=True' : '';
  return {
    name,
    inputs: [uniform(x)],
    call: (image) => interpolate(image, options),
    torch: `F.interpolate(x0, ${target}, mode='${mode}'${corners}${size === undefined ? ', recompute_scale_factor=True' : ''})`,
  };
}

function python(value: InterpolateOptions['size']): string {
  return typeof value === 'number' ? `${value}` : `(${value?.join(', ')},)`;
}

/** Resampling of images. */
export const resizeRecords: readonly OpRecord[] = [
  {
    name: 'interpolate',
    samples: [
      resizing('nearest, twice as large', [1, 2, 3, 2], { scaleFactor: 2 }),
      resizing('nearest, smaller', [1, 2, 5, 7], { size: [2, 3] }),
      resizing('nearest, larger by a fraction', [1, 1, 3, 4], { size: [5, 7] }),
      resizing('nearest, fractional factor', [1, 1, 5, 5], { scaleFactor: [0.5, 1.5] }),
      resizing('bilinear, twice as large', [1, 2, 3, 2], { scaleFactor: 2, mode: 'bilinear' }),
      resizing('bilinear, smaller', [1, 2, 5, 7], { size: [2, 3], mode: 'bilinear' }),
      resizing('bilinear, larger by a fraction', [1, 1, 3, 4], { size: [5, 7], mode: 'bilinear' }),
      resizing('bilinear, one axis', [1, 1, 3, 4], { size: [3, 9], mode: 'bilinear' }),
      resizing('bilinear, corners aligned', [1, 2, 3, 4], { size: [5, 7], mode: 'bilinear', alignCorners: true }),
      resizing('bilinear, corners aligned, smaller', [1, 1, 6, 5], { size: [3, 2], mode: 'bilinear', alignCorners: true }),
      resizing('bilinear, corners aligned, to one pixel', [1, 1, 3, 4], { size: 1, mode: 'bilinear', alignCorners: true }),
      resizing('bilinear, of one pixel', [1, 2, 1, 1], { size: [2, 3], mode: 'bilinear' }),
      resizing('same size', [1, 1, 2, 3], { size: [2, 3], mode: 'bilinear' }),
      resizing('a signal, nearest', [1, 2, 4], { size: 7 }),
      resizing('a signal, linear', [1, 2, 4], { size: [7], mode: 'linear' }),
      resizing('a signal, linear, corners aligned', [1, 2, 4], { scaleFactor: 2, mode: 'linear', alignCorners: true }),
      resizing('a volume, nearest', [1, 1, 2, 3, 2], { scaleFactor: 2 }),
      resizing('a volume, trilinear', [1, 2, 2, 3, 2], { size: [3, 4, 5], mode: 'trilinear' }),
      resizing('a volume, trilinear, corners aligned', [1, 1, 3, 2, 2], {
        size: [2, 3, 4],
        mode: 'trilinear',
        alignCorners: true,
      }),
    ],
    errors: [
      {
        name: 'no size',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => interpolate(x, {}),
        error: ArgumentError,
        message: 'interpolate: exactly one of size and scaleFactor must be given, got none',
      },
      {
        name: 'size and factor',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => interpolate(x, { size: 4, scaleFactor: 2 }),
        error: ArgumentError,
        message: 'interpolate: exactly one of size and scaleFactor must be given, got both',
      },
      {
        name: 'shrunk to nothing',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => interpolate(x, { scaleFactor: 0.25 }),
        error: ArgumentError,
        message: 'interpolate: size must be two integers of at least 1, got [0, 0]',
      },
      {
        name: 'corners aligned with nearest',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => interpolate(x, { size: 4, alignCorners: true }),
        error: ArgumentError,
        message: "interpolate: alignCorners must go with mode 'bilinear', got 'nearest'",
      },
      {
        name: 'unknown mode',
        inputs: [uniform([1, 1, 2, 2])],
        call: (x) => interpolate(x, { size: 4, mode: 'bicubic' as 'bilinear' }),
        error: ArgumentError,
        message: "interpolate: mode must be 'nearest' or 'bilinear' of 4 axes, got bicubic",
      },
      {
        name: 'no batch axis',
        inputs: [uniform([2, 2])],
        call: (x) => interpolate(x, { size: 4 }),
        error: ShapeError,
        message: 'interpolate: x must be [n, c, l], [n, c, h, w] or [n, c, d, h, w], got [2, 2]',
      },
      {
        name: 'sizes of another rank',
        inputs: [uniform([1, 2, 2])],
        call: (x) => interpolate(x, { size: [4, 4] }),
        error: ArgumentError,
        message: 'interpolate: there must be 1 sizes or factors, got 2',
      },
      {
        name: 'uint8',
        inputs: [integers([1, 2, 3, 4], [1, 1, 2, 2], 'uint8')],
        call: (x) => interpolate(x, { size: 4 }),
        error: DTypeError,
        message: "interpolate: dtype must be float, got uint8: convert it with cast(x, 'float32')",
      },
    ],
  },
];
