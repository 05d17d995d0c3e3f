import type { DType, ReduceFn } from '@dl/kernels';
import { host, numbers, spec } from '../host.ts';
import type { KernelCases } from '../kernel-case.ts';

export const reduce: KernelCases<'reduce'> = (dtype) =>
  reduceFns(dtype).flatMap((fn) => {
    const x = numbers([3, 4, 5], dtype);
    return [
      { name: `${fn} of all`, inputs: [x], attrs: { fn, axes: [0, 1, 2] }, out: spec([], dtype) },
      { name: `${fn} of rows`, inputs: [x], attrs: { fn, axes: [2] }, out: spec([3, 4], dtype) },
      { name: `${fn} of columns`, inputs: [x], attrs: { fn, axes: [0] }, out: spec([4, 5], dtype) },
      { name: `${fn} of the axis between`, inputs: [x], attrs: { fn, axes: [1] }, out: spec([3, 1, 5], dtype) },
      { name: `${fn} of outer axes`, inputs: [x], attrs: { fn, axes: [0, 2] }, out: spec([4], dtype) },
      { name: `${fn} of no axis`, inputs: [x], attrs: { fn, axes: [] }, out: spec([3, 4, 5], dtype) },
      { name: `${fn} of nothing to nothing`, inputs: [numbers([0, 3], dtype)], attrs: { fn, axes: [1] }, out: spec([0], dtype) },
      ...(dtype === 'float32'
        ? [{ name: `${fn} of nothing`, inputs: [numbers([3, 0], dtype)], attrs: { fn, axes: [1] }, out: spec([3], dtype) }]
        : []),
    ];
  });

export const argReduce: KernelCases<'argReduce'> = (dtype) =>
  (['min', 'max'] as const).flatMap((fn) => [
    { name: `${fn} of rows`, inputs: [numbers([3, 17], dtype)], attrs: { fn, axis: 1 }, out: spec([3], 'int32') },
    { name: `${fn} of columns`, inputs: [numbers([5, 3], dtype)], attrs: { fn, axis: 0 }, out: spec([1, 3], 'int32') },
    { name: `${fn} of equals`, inputs: [host([4], dtype, [2, 7, 7, 2])], attrs: { fn, axis: 0 }, out: spec([], 'int32') },
    ...(dtype === 'float32'
      ? [
          {
            name: `${fn} with NaN`,
            inputs: [host([3], dtype, [1, Number.NaN, 9])],
            attrs: { fn, axis: 0 },
            out: spec([], 'int32'),
          },
        ]
      : []),
  ]);

export const cumulativeSum: KernelCases<'cumulativeSum'> = (dtype) =>
  [false, true].flatMap((exclusive) =>
    [false, true].flatMap((reverse) =>
      [0, 1].map((axis) => ({
        name: `along axis ${axis}${exclusive ? ', exclusive' : ''}${reverse ? ', reverse' : ''}`,
        inputs: [numbers([4, 5], dtype)],
        attrs: { axis, exclusive, reverse },
        out: spec([4, 5], dtype),
      })),
    ),
  );

// uint8 and bool owe only what cannot leave their range.
function reduceFns(dtype: DType): ReduceFn[] {
  return dtype === 'uint8' || dtype === 'bool' ? ['min', 'max'] : ['sum', 'prod', 'min', 'max'];
}
