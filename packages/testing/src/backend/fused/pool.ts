import { createTypedArray, type Pool2dAttrs, runReference, type Shape, sizeOf } from '@dl/kernels';
import { maxPool2dIndices } from '../cases/image.ts';
import { host, numbers, spec } from '../host.ts';
import type { FusedCase, FusedCases } from './fused-case.ts';

/** After each run of the kernel that finds the maxima. */
export const maxPool2dGradCases: FusedCases<'maxPool2dGrad'> = () => [
  ...maxPool2dIndices('float32').map(({ name, inputs, attrs, out }) => {
    const indices = { ...out, data: runReference('maxPool2dIndices', inputs, attrs, out) };
    const dy = numbers(out.shape, 'float32', 3);
    const [n, c, h, w] = inputs[0].shape;
    const rows = { data: dy.data, ...spec([n * c, sizeOf(out.shape) / (n * c)]) };
    const scattered = runReference('scatterAdd', [{ ...indices, shape: rows.shape }, rows], { axis: 1 }, spec([n * c, h * w]));
    return { name, inputs: [dy, indices], attrs, outs: [host(inputs[0].shape, 'float32', Array.from(scattered))] };
  }),
  noImage([0, 3, 4, 4], [0, 3, 2, 2]),
];

function noImage(shape: Shape, pooled: Shape): FusedCase<Pool2dAttrs> {
  const indices = { ...spec(pooled, 'int32'), data: createTypedArray('int32', 0) };
  const attrs = { kernelSize: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1] } as const;
  return { name: 'no image', inputs: [numbers(pooled), indices], attrs, outs: [numbers(shape)] };
}
