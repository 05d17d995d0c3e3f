import type { DType, HostTensor, ReduceFn, Shape } from '@dl/kernels';
import { host, numbers, spec } from '../host.ts';
import type { KernelCase, KernelCases } from '../kernel-case.ts';

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
        ? [
            { name: `${fn} of nothing`, inputs: [numbers([3, 0], dtype)], attrs: { fn, axes: [1] }, out: spec([3], dtype) },
            ...places.map((at) => ({
              name: `${fn} with NaN at ${at}`,
              inputs: [withNan([3, 7], at)],
              attrs: { fn, axes: [at % 2] },
              out: spec([at % 2 === 0 ? 7 : 3]),
            })),
          ]
        : []),
      // A product of so many is 0 or infinite.
      ...(fn === 'prod' ? [] : large.map((one) => largeCase(one, fn, dtype))),
    ];
  });

const places = [0, 5, 13, 20];

/** Axes that backends split: lines of whole texels and of others, many short ones and few long ones. */
const large: readonly (readonly [shape: Shape, axes: readonly number[]])[] = [
  [[70001], [0]],
  [[5, 1000], [1]],
  [[3, 1003], [1]],
  [[2, 9001], [1]],
  [[1000, 8], [0]],
  [[301, 10], [0]],
  [[3, 257, 7], [1]],
  [[2, 600, 12], [1]],
  [
    [3, 300, 3, 40],
    [1, 3],
  ],
  [
    [9, 6, 35],
    [0, 2],
  ],
  [
    [33, 8, 5, 9],
    [0, 2, 3],
  ],
];

function largeCase([shape, axes]: (typeof large)[number], fn: ReduceFn, dtype: DType): KernelCase<'reduce'> {
  const name = `${fn} of [${shape.join(', ')}] over ${axes.join(', ')}`;
  return {
    name,
    inputs: [numbers(shape, dtype)],
    attrs: { fn, axes },
    out: spec(
      shape.filter((_, axis) => !axes.includes(axis)),
      dtype,
    ),
  };
}

function withNan(shape: Shape, at: number): HostTensor {
  const x = numbers(shape);
  x.data[at] = Number.NaN;
  return x;
}

export const argReduce: KernelCases<'argReduce'> = (dtype) =>
  (['min', 'max'] as const).flatMap((fn) => [
    { name: `${fn} of rows`, inputs: [numbers([3, 17], dtype)], attrs: { fn, axis: 1 }, out: spec([3], 'int32') },
    { name: `${fn} of columns`, inputs: [numbers([5, 3], dtype)], attrs: { fn, axis: 0 }, out: spec([1, 3], 'int32') },
    ...large
      .filter(([, axes]) => axes.length === 1)
      .map(([shape, [axis]]) => ({
        name: `${fn} of [${shape.join(', ')}] along ${axis}`,
        inputs: [numbers(shape, dtype)],
        attrs: { fn, axis },
        out: spec(shape.toSpliced(axis, 1), 'int32'),
      })),
    { name: `${fn} of equals`, inputs: [host([4], dtype, [2, 7, 7, 2])], attrs: { fn, axis: 0 }, out: spec([], 'int32') },
    ...(dtype === 'float32'
      ? [
          {
            name: `${fn} with NaN`,
            inputs: [host([3], dtype, [1, Number.NaN, 9])],
            attrs: { fn, axis: 0 },
            out: spec([], 'int32'),
          },
          { name: `${fn} with NaN in many`, inputs: [withNan([2, 999], 1500)], attrs: { fn, axis: 1 }, out: spec([2], 'int32') },
          { name: `${fn} with NaN in columns`, inputs: [withNan([5, 8], 21)], attrs: { fn, axis: 0 }, out: spec([8], 'int32') },
        ]
      : []),
  ]);

export const cumulativeSum: KernelCases<'cumulativeSum'> = (dtype) =>
  [false, true].flatMap((exclusive) =>
    [false, true].flatMap((reverse) =>
      lines.map(([shape, axis]) => ({
        name: `of [${shape.join(', ')}] along ${axis}${exclusive ? ', exclusive' : ''}${reverse ? ', reverse' : ''}`,
        inputs: [numbers(shape, dtype)],
        attrs: { axis, exclusive, reverse },
        out: spec(shape, dtype),
      })),
    ),
  );

const lines: readonly (readonly [shape: Shape, axis: number])[] = [
  [[4, 5], 0],
  [[4, 5], 1],
  [[3, 1], 1],
  [[2, 600], 1],
  [[3, 75], 1],
  [[70, 4], 0],
  [[2, 20, 3], 1],
];

// uint8 and bool owe only what cannot leave their range.
function reduceFns(dtype: DType): ReduceFn[] {
  return dtype === 'uint8' || dtype === 'bool' ? ['min', 'max'] : ['sum', 'prod', 'min', 'max'];
}
