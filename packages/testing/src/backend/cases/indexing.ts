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
  { name: 'nothing', inputs: [indices([0, 3], 4), numbers([0, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
];

export const indexSelect: KernelCases<'indexSelect'> = (dtype) => [
  { name: 'rows', inputs: [numbers([4, 3], dtype), indices([6], 4)], attrs: { axis: 0 }, out: spec([6, 3], dtype) },
  { name: 'columns', inputs: [numbers([2, 5, 3], dtype), indices([4], 5)], attrs: { axis: 1 }, out: spec([2, 4, 3], dtype) },
  { name: 'nothing', inputs: [numbers([4, 3], dtype), indices([0], 4)], attrs: { axis: 0 }, out: spec([0, 3], dtype) },
];

export const indexAdd: KernelCases<'indexAdd'> = (dtype) => [
  { name: 'rows', inputs: [indices([6], 4), numbers([6, 3], dtype)], attrs: { axis: 0 }, out: spec([4, 3], dtype) },
  { name: 'columns', inputs: [indices([7], 5), numbers([2, 7, 3], dtype)], attrs: { axis: 1 }, out: spec([2, 5, 3], dtype) },
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
