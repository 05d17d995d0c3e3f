import { isFloat } from '@dl/kernels';
import { spec } from '../host.ts';
import type { KernelCases } from '../kernel-case.ts';

export const fill: KernelCases<'fill'> = (dtype) => [
  { name: 'a vector', inputs: [], attrs: { value: 1 }, out: spec([5], dtype) },
  { name: 'a scalar', inputs: [], attrs: { value: dtype === 'bool' ? 0 : 3 }, out: spec([], dtype) },
  { name: 'nothing', inputs: [], attrs: { value: 1 }, out: spec([2, 0], dtype) },
];

export const iota: KernelCases<'iota'> = (dtype) => [
  { name: 'upwards', inputs: [], attrs: { start: -2, step: isFloat(dtype) ? 0.25 : 3 }, out: spec([9], dtype) },
  { name: 'downwards', inputs: [], attrs: { start: 4, step: -1 }, out: spec([7], dtype) },
  { name: 'nothing', inputs: [], attrs: { start: 1, step: 1 }, out: spec([0], dtype) },
];

export const randomBits: KernelCases<'randomBits'> = (dtype) => [
  { name: 'a part of a block', inputs: [], attrs: { key: [1, 2], counter: 0 }, out: spec([7], dtype) },
  {
    name: 'a counter beyond 32 bits',
    inputs: [],
    attrs: { key: [0xffffffff, 5], counter: 2 ** 32 - 1 },
    out: spec([3, 4], dtype),
  },
  { name: 'nothing', inputs: [], attrs: { key: [1, 2], counter: 0 }, out: spec([0], dtype) },
];
