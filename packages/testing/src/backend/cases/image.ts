import { type AvgPool2dAttrs, type DType, type KernelName, pool2dShape, type Resize2dAttrs, type Shape } from '@dl/kernels';
import { host, numbers, spec } from '../host.ts';
import type { KernelCase, KernelCases } from '../kernel-case.ts';

const windows: readonly (AvgPool2dAttrs & { readonly name: string; readonly ceilMode: boolean })[] = [
  {
    name: '2 by 2',
    kernelSize: [2, 2],
    stride: [2, 2],
    padding: [0, 0],
    dilation: [1, 1],
    countIncludePad: true,
    ceilMode: false,
  },
  {
    name: 'overlapping, padded',
    kernelSize: [3, 3],
    stride: [2, 1],
    padding: [1, 1],
    dilation: [1, 1],
    countIncludePad: true,
    ceilMode: false,
  },
  {
    name: 'without the padding, ceil mode',
    kernelSize: [3, 2],
    stride: [2, 2],
    padding: [1, 0],
    dilation: [1, 1],
    countIncludePad: false,
    ceilMode: true,
  },
  {
    name: 'dilated',
    kernelSize: [2, 2],
    stride: [1, 1],
    padding: [0, 1],
    dilation: [2, 3],
    countIncludePad: true,
    ceilMode: false,
  },
];
const image: Shape = [2, 3, 6, 7];
/** Rows of these are whole groups of four elements, with most windows those of the result, too. */
const images: readonly Shape[] = [image, [1, 2, 6, 16]];

export const maxPool2dIndices: KernelCases<'maxPool2dIndices'> = (dtype) => [
  ...images.flatMap((shape) =>
    windows.map(({ name, countIncludePad: _, ceilMode, ...attrs }) => ({
      name: `${name}, of ${shape[3]} columns`,
      inputs: [numbers(shape, dtype)],
      attrs,
      out: spec(pool2dShape('pool', shape, { ...attrs, ceilMode }), 'int32'),
    })),
  ),
  {
    name: 'equals, NaN and −∞ in rows of eight, padded',
    inputs: [
      host([1, 1, 2, 8], dtype, [
        ...[1, 1, 0, Number.NaN, -Infinity, -Infinity, 1, 1],
        ...[Number.NaN, 5, -Infinity, -Infinity, -Infinity, -Infinity, 1, -Infinity],
      ]),
    ],
    attrs: { kernelSize: [3, 3], stride: [1, 2], padding: [1, 1], dilation: [1, 1] },
    out: spec([1, 1, 2, 4], 'int32'),
  },
  {
    name: 'equals, NaN and −∞',
    inputs: [host([1, 1, 2, 6], dtype, [1, 1, 0, Number.NaN, -Infinity, -Infinity, 1, 1, Number.NaN, 5, -Infinity, -Infinity])],
    attrs: { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] },
    out: spec([1, 1, 1, 3], 'int32'),
  },
];

export const avgPool2d: KernelCases<'avgPool2d'> = (dtype) =>
  images.flatMap((shape) =>
    windows.map(({ name, ceilMode, ...attrs }) => ({
      name: `${name}, of ${shape[3]} columns`,
      inputs: [numbers(shape, dtype)],
      attrs,
      out: spec(pool2dShape('pool', shape, { ...attrs, ceilMode }), dtype),
    })),
  );

export const avgPool2dGrad: KernelCases<'avgPool2dGrad'> = (dtype) => avgPool2d(dtype).map((one) => adjoint(one, dtype));

const resizes: readonly (Resize2dAttrs & { readonly name: string; readonly size: readonly [number, number] })[] = [
  { name: 'nearest, larger', mode: 'nearest', alignCorners: false, size: [9, 10] },
  { name: 'nearest, smaller', mode: 'nearest', alignCorners: false, size: [4, 3] },
  { name: 'bilinear, larger', mode: 'bilinear', alignCorners: false, size: [11, 14] },
  { name: 'bilinear, smaller', mode: 'bilinear', alignCorners: false, size: [4, 5] },
  { name: 'bilinear, corners of more pixels aligned', mode: 'bilinear', alignCorners: true, size: [3, 12] },
  { name: 'nearest, by whole factors', mode: 'nearest', alignCorners: false, size: [12, 28] },
  { name: 'bilinear, corners aligned', mode: 'bilinear', alignCorners: true, size: [8, 1] },
];

export const resize2d: KernelCases<'resize2d'> = (dtype) =>
  resizes.map(({ name, size, ...attrs }) => ({
    name,
    inputs: [numbers(image, dtype)],
    attrs,
    out: spec([image[0], image[1], ...size], dtype),
  }));

export const resize2dGrad: KernelCases<'resize2dGrad'> = (dtype) => resize2d(dtype).map((one) => adjoint(one, dtype));

/** The run of the adjoint kernel: from a gradient of the output to one of the input. */
function adjoint<A>({ name, attrs, inputs, out }: Run<A>, dtype: DType): Run<A> {
  return { name, inputs: [numbers(out.shape, dtype, 3)], attrs, out: spec(inputs[0].shape, dtype) };
}

type Run<A> = Omit<KernelCase<KernelName>, 'attrs'> & { readonly attrs: A };
