import { host, indices, numbers, spec } from '../host.ts';
import type { KernelCases } from '../kernel-case.ts';

export const gather: KernelCases<'gather'> = (dtype) => [
  { name: 'rows', inputs: [numbers([4, 3], dtype), indices([6, 3], 4)], attrs: { axis: 0 }, out: spec([6, 3], dtype) },
  {
    name: 'columns',
    inputs: [numbers([2, 5, 3], dtype), indices([2, 2, 3], 5)],
    attrs: { axis: 1 },
    out: spec([2, 2, 3], dtype),
  },
  {
    name: 'many columns',
    inputs: [numbers([3, 50, 8], dtype), indices([3, 21, 8], 50)],
    attrs: { axis: 1 },
    out: spec([3, 21, 8], dtype),
  },
  { name: 'nothing', inputs: [numbers([4, 3], dtype), indices([0, 3], 4)], attrs: { axis: 0 }, out: spec([0, 3], dtype) },
];

export const scatterAdd: KernelCases<'scatterAdd'> = (dtype) => [
  { name: 'rows', inputs: [indices([6, 3], 4), numbers([6, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
  {
    name: 'columns',
    inputs: [indices([2, 7, 3], 5), numbers([2, 7, 3], dtype)],
    attrs: { axis: 1 },
    out: spec([2, 5, 3], dtype),
  },
  {
    name: 'whole texels of columns',
    inputs: [indices([2, 9, 8], 6), numbers([2, 9, 8], dtype)],
    attrs: { axis: 1 },
    out: spec([2, 6, 8], dtype),
  },
  {
    name: 'places in rows',
    inputs: [indices([5, 13], 12), numbers([5, 13], dtype)],
    attrs: { axis: 1 },
    out: spec([5, 12], dtype),
  },
  {
    name: 'places in odd rows',
    inputs: [indices([5, 6], 11), numbers([5, 6], dtype)],
    attrs: { axis: 1 },
    out: spec([5, 11], dtype),
  },
  { name: 'nothing', inputs: [indices([0, 3], 4), numbers([0, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
];

export const indexSelect: KernelCases<'indexSelect'> = (dtype) => [
  { name: 'rows', inputs: [numbers([4, 3], dtype), indices([6], 4)], attrs: { axis: 0 }, out: spec([6, 3], dtype) },
  { name: 'columns', inputs: [numbers([2, 5, 3], dtype), indices([4], 5)], attrs: { axis: 1 }, out: spec([2, 4, 3], dtype) },
  { name: 'slices', inputs: [numbers([2, 5, 12], dtype), indices([9], 5)], attrs: { axis: 1 }, out: spec([2, 9, 12], dtype) },
  { name: 'single ones', inputs: [numbers([3, 17], dtype), indices([10], 17)], attrs: { axis: 1 }, out: spec([3, 10], dtype) },
  { name: 'nothing', inputs: [numbers([4, 3], dtype), indices([0], 4)], attrs: { axis: 0 }, out: spec([0, 3], dtype) },
];

export const indexAdd: KernelCases<'indexAdd'> = (dtype) => [
  { name: 'rows', inputs: [indices([6], 4), numbers([6, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
  { name: 'columns', inputs: [indices([7], 5), numbers([2, 7, 3], dtype)], attrs: { axis: 1 }, out: spec([2, 5, 3], dtype) },
  { name: 'slices', inputs: [indices([9], 5), numbers([2, 9, 12], dtype)], attrs: { axis: 1 }, out: spec([2, 5, 12], dtype) },
  { name: 'single ones', inputs: [indices([30], 17), numbers([3, 30], dtype)], attrs: { axis: 1 }, out: spec([3, 17], dtype) },
  { name: 'nothing', inputs: [indices([0], 4), numbers([0, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
];

export const argsort: KernelCases<'argsort'> = (dtype) =>
  [false, true].flatMap((descending) => [
    {
      name: `rows${order(descending)}`,
      inputs: [numbers([3, 17], dtype)],
      attrs: { axis: 1, descending },
      out: spec([3, 17], 'int32'),
    },
    {
      name: `columns${order(descending)}`,
      inputs: [numbers([5, 3], dtype)],
      attrs: { axis: 0, descending },
      out: spec([5, 3], 'int32'),
    },
    {
      name: `equals${order(descending)}`,
      inputs: [host([6], dtype, [2, 1, 2, 1, 2, 1])],
      attrs: { axis: 0, descending },
      out: spec([6], 'int32'),
    },
    ...(dtype === 'float32'
      ? [
          {
            name: `NaN${order(descending)}`,
            inputs: [host([4], dtype, [1, Number.NaN, Number.POSITIVE_INFINITY, -1])],
            attrs: { axis: 0, descending },
            out: spec([4], 'int32'),
          },
        ]
      : []),
    {
      name: `nothing${order(descending)}`,
      inputs: [numbers([0], dtype)],
      attrs: { axis: 0, descending },
      out: spec([0], 'int32'),
    },
  ]);

function order(descending: boolean): string {
  return descending ? ', descending' : '';
}
