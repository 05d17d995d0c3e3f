import { conv2dShape, type DType, type Pair } from '@dl/kernels';
import { numbers, spec } from '../host.ts';
import type { KernelCase, KernelCases } from '../kernel-case.ts';

const plain = { transposeA: false, transposeB: false } as const;

export const matmul: KernelCases<'matmul'> = (dtype) => [
  ...[
    [5, 9, 7],
    [8, 12, 16],
    [7, 8, 12],
    [6, 16, 5],
    [18, 21, 22],
    [20, 17, 10],
    [1, 9, 12],
    [12, 9, 1],
    [8, 8, 1],
    [1, 8, 1],
  ].flatMap(([m, k, n]) => products(m, k, n, dtype)),
  {
    name: 'a batch',
    inputs: [numbers([2, 3, 4], dtype), numbers([2, 4, 5], dtype, 1)],
    attrs: plain,
    out: spec([2, 3, 5], dtype),
  },
  {
    name: 'broadcast batches',
    inputs: [numbers([2, 1, 3, 4], dtype), numbers([3, 4, 5], dtype, 1)],
    attrs: plain,
    out: spec([2, 3, 3, 5], dtype),
  },
  {
    name: 'a batch by one matrix',
    inputs: [numbers([3, 2, 5, 8], dtype), numbers([8, 12], dtype, 1)],
    attrs: plain,
    out: spec([3, 2, 5, 12], dtype),
  },
  {
    name: 'a batch by one vector',
    inputs: [numbers([3, 5, 8], dtype), numbers([8, 1], dtype, 1)],
    attrs: plain,
    out: spec([3, 5, 1], dtype),
  },
  {
    name: 'broadcast batches of broken rows',
    inputs: [numbers([2, 1, 18, 17], dtype), numbers([3, 19, 17], dtype, 1)],
    attrs: { transposeA: false, transposeB: true },
    out: spec([2, 3, 18, 19], dtype),
  },
  ...[false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) =>
      [
        [64, 48, 68],
        [50, 71, 45],
        [39, 102, 44],
      ].map(([m, k, n]) => ({
        name: `${m} by ${k} by ${n}, ${transposeA ? 'aᵀ' : 'a'} × ${transposeB ? 'bᵀ' : 'b'}`,
        inputs: [numbers(transposeA ? [k, m] : [m, k], dtype), numbers(transposeB ? [n, k] : [k, n], dtype, 1)],
        attrs: { transposeA, transposeB },
        out: spec([m, n], dtype),
      })),
    ),
  ),
  ...(
    [
      ['a batch of large matrices', [3, 42, 36], [3, 36, 41]],
      ['one large matrix for a batch, on the right', [3, 42, 36], [36, 41]],
      ['one large matrix for a batch, on the left', [42, 36], [3, 36, 41]],
    ] as const
  ).map(([name, a, b]) => ({
    name,
    inputs: [numbers(a, dtype), numbers(b, dtype, 1)],
    attrs: plain,
    out: spec([3, 42, 41], dtype),
  })),
  { name: 'one element', inputs: [numbers([1, 1], dtype), numbers([1, 1], dtype, 1)], attrs: plain, out: spec([1, 1], dtype) },
  { name: 'an empty sum', inputs: [numbers([2, 0], dtype), numbers([0, 3], dtype)], attrs: plain, out: spec([2, 3], dtype) },
  { name: 'nothing', inputs: [numbers([0, 4], dtype), numbers([4, 3], dtype)], attrs: plain, out: spec([0, 3], dtype) },
];

/** A product of matrices in all the ways they can be stored. */
function products(m: number, k: number, n: number, dtype: DType): KernelCase<'matmul'>[] {
  return [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) => ({
      name: `[${m}, ${k}] × [${k}, ${n}]${transposeA ? ', aᵀ' : ''}${transposeB ? ', bᵀ' : ''}`,
      inputs: [numbers(transposeA ? [k, m] : [m, k], dtype), numbers(transposeB ? [n, k] : [k, n], dtype, 1)],
      attrs: { transposeA, transposeB },
      out: spec([m, n], dtype),
    })),
  );
}

/** A convolution: x `[n, c, h, w]`, w `[o, c / groups, kh, kw]`. */
interface Convolution {
  readonly name: string;
  readonly x: readonly [number, number, number, number];
  readonly w: readonly [number, number, number, number];
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly dilation?: Pair;
  readonly groups?: number;
  readonly tolerance?: number;
}

/** For convolutions that a backend may compute by Winograd's transforms, whose differences cost digits. */
const transformed = 2e-4;

/** For gradients by the weight: sums of many pixels, in an order of the backend's own. */
const longSums = 1e-4;

const convolutions: readonly Convolution[] = [
  { name: '3 by 3', x: [2, 3, 6, 7], w: [4, 3, 3, 3] },
  { name: '1 by 1', x: [1, 5, 4, 4], w: [3, 5, 1, 1] },
  { name: 'stride and padding', x: [1, 2, 7, 8], w: [3, 2, 3, 2], stride: [2, 3], padding: [1, 2] },
  { name: 'dilation', x: [1, 2, 9, 8], w: [2, 2, 3, 2], dilation: [2, 3], padding: [2, 0] },
  { name: 'groups', x: [2, 4, 5, 5], w: [6, 2, 3, 3], groups: 2, padding: [1, 1] },
  { name: 'depthwise', x: [1, 3, 5, 5], w: [3, 1, 3, 3], groups: 3, stride: [2, 2] },
  { name: 'whole texels', x: [2, 3, 5, 8], w: [4, 3, 3, 3], padding: [1, 1] },
  { name: 'whole texels, stride', x: [1, 2, 6, 16], w: [4, 2, 5, 5], padding: [2, 2], stride: [2, 2] },
  { name: 'long kernel', x: [1, 2, 4, 24], w: [3, 2, 2, 11], padding: [0, 5] },
  { name: 'long dilated kernel', x: [1, 2, 3, 40], w: [2, 2, 1, 12], dilation: [1, 3], stride: [1, 2] },
  { name: 'stride above the kernel', x: [2, 2, 9, 10], w: [3, 2, 2, 2], stride: [3, 5] },
  { name: '1 by 1 with a stride', x: [2, 4, 6, 7], w: [3, 4, 1, 1], stride: [2, 2] },
  { name: '1 by 1 of broken texels', x: [3, 18, 5, 5], w: [17, 18, 1, 1] },
  { name: 'many channels', x: [2, 9, 12, 16], w: [10, 9, 3, 3], padding: [1, 1], tolerance: transformed },
  { name: 'many channels, rows of odd length', x: [2, 12, 11, 11], w: [13, 12, 3, 3], padding: [1, 1], tolerance: transformed },
  { name: 'one channel', x: [1, 1, 28, 28], w: [14, 1, 5, 5], padding: [2, 2] },
  { name: 'many channels, a stride', x: [2, 8, 17, 19], w: [12, 8, 5, 3], stride: [2, 3], padding: [2, 1] },
  { name: 'many channels, a dilation', x: [1, 16, 10, 12], w: [16, 16, 3, 3], dilation: [2, 3], padding: [2, 4] },
  { name: 'many channels, more padding than kernel', x: [2, 16, 9, 9], w: [12, 16, 3, 2], padding: [4, 3] },
  { name: 'many channels, 1 by 1', x: [3, 33, 9, 11], w: [30, 33, 1, 1] },
  { name: 'many channels, 1 by 1, a stride', x: [3, 34, 16, 18], w: [36, 34, 1, 1], stride: [2, 2] },
  { name: 'few output channels', x: [1, 12, 20, 20], w: [4, 12, 4, 4], padding: [1, 2] },
  { name: 'no image', x: [0, 2, 4, 4], w: [3, 2, 3, 3] },
];

/** More lines than a texture has; a gradient by the weight would be too long a sum to compare. */
const long: Convolution = { name: 'more images than fit below each other', x: [1100, 1, 6, 7], w: [5, 1, 3, 3], padding: [1, 1] };

export const conv2d: KernelCases<'conv2d'> = (dtype) => [...convolutions, long].map((one) => problem(one, dtype).forward);
export const conv2dInputGrad: KernelCases<'conv2dInputGrad'> = (dtype) =>
  [...convolutions, long].map((one) => problem(one, dtype).inputGrad);
export const conv2dWeightGrad: KernelCases<'conv2dWeightGrad'> = (dtype) =>
  convolutions.map((one) => problem(one, dtype).weightGrad);

interface ConvolutionCases {
  readonly forward: KernelCase<'conv2d'>;
  readonly inputGrad: KernelCase<'conv2dInputGrad'>;
  readonly weightGrad: KernelCase<'conv2dWeightGrad'>;
}

function problem(one: Convolution, dtype: DType): ConvolutionCases {
  const { name, stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1, tolerance = 1e-5 } = one;
  const attrs = { stride, padding, dilation, groups };
  const [x, w] = [numbers(one.x, dtype), numbers(one.w, dtype, 1)];
  const dy = numbers(conv2dShape('conv2d', one.x, one.w, attrs), dtype, 2);
  return {
    forward: { name, inputs: [x, w], attrs, out: spec(dy.shape, dtype), tolerance },
    inputGrad: { name, inputs: [dy, w], attrs, out: spec(one.x, dtype), tolerance },
    weightGrad: { name, inputs: [x, dy], attrs, out: spec(one.w, dtype), tolerance: Math.max(tolerance, longSums) },
  };
}
