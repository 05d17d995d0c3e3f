import { numbers, spec } from '../host.ts';
import type { KernelCases } from '../kernel-case.ts';

export const copyStrided: KernelCases<'copyStrided'> = (dtype) => [
  { name: 'transposed', inputs: [numbers([3, 5], dtype)], attrs: { offset: 0, strides: [1, 5] }, out: spec([5, 3], dtype) },
  {
    name: 'permuted',
    inputs: [numbers([2, 3, 4], dtype)],
    attrs: { offset: 0, strides: [1, 12, 4] },
    out: spec([4, 2, 3], dtype),
  },
  { name: 'every second', inputs: [numbers([9], dtype)], attrs: { offset: 1, strides: [2] }, out: spec([4], dtype) },
  { name: 'backwards', inputs: [numbers([3, 4], dtype)], attrs: { offset: 11, strides: [-4, -1] }, out: spec([3, 4], dtype) },
  { name: 'expanded', inputs: [numbers([3, 1], dtype)], attrs: { offset: 0, strides: [0, 1, 0] }, out: spec([2, 3, 4], dtype) },
  { name: 'one element', inputs: [numbers([7], dtype)], attrs: { offset: 4, strides: [] }, out: spec([], dtype) },
  { name: 'nothing', inputs: [numbers([0], dtype)], attrs: { offset: 0, strides: [1] }, out: spec([0], dtype) },
];

export const pad: KernelCases<'pad'> = (dtype) => [
  {
    name: 'around',
    inputs: [numbers([2, 3], dtype)],
    attrs: { before: [1, 2], step: [1, 1], value: 1 },
    out: spec([4, 6], dtype),
  },
  {
    name: 'spread out',
    inputs: [numbers([2, 3], dtype)],
    attrs: { before: [1, 0], step: [2, 3], value: 0 },
    out: spec([4, 7], dtype),
  },
  {
    name: 'nothing',
    inputs: [numbers([0, 2], dtype)],
    attrs: { before: [1, 0], step: [1, 1], value: 1 },
    out: spec([3, 2], dtype),
  },
];

export const concat: KernelCases<'concat'> = (dtype) => [
  { name: 'one', inputs: [numbers([2, 3], dtype)], attrs: { axis: 0 }, out: spec([2, 3], dtype) },
  {
    name: 'rows',
    inputs: [numbers([2, 3], dtype), numbers([1, 3], dtype, 1), numbers([0, 3], dtype), numbers([3, 3], dtype, 2)],
    attrs: { axis: 0 },
    out: spec([6, 3], dtype),
  },
  {
    name: 'columns',
    inputs: [numbers([2, 3, 2], dtype), numbers([2, 1, 2], dtype, 1)],
    attrs: { axis: 1 },
    out: spec([2, 4, 2], dtype),
  },
];
