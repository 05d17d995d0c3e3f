import { DTypeError, ShapeError } from '@dl/kernels';
import type { Axes, ReduceOptions, Tensor } from '@dl/tensor';
import type { OpErrorSample, OpKink, OpRecord, OpSample, SampleInput } from '../record.ts';
import { floats, integers, type UniformOptions, uniform } from '../sample.ts';

/** A reduction over any axes. */
export interface ReduceDescription {
  readonly name: string;
  readonly call: (x: Tensor, axes?: Axes, options?: ReduceOptions) => Tensor;
  /** In PyTorch, of an expression, axes as a tuple, and `True` or `False`. */
  readonly torch: (x: string, dim: string, keepdim: string) => string;
  readonly range?: UniformOptions | undefined;
  /** Rows worth a look. */
  readonly special?: readonly (readonly number[])[] | undefined;
  /** Whether integers and bool are welcome. Default: floats only. */
  readonly integers?: boolean | undefined;
  /** Whether reducing nothing is an error. */
  readonly refusesEmpty?: boolean | undefined;
  /** Cases by name whose result is not finite, and has no derivative. */
  readonly undefinedFor?: readonly string[] | undefined;
  /** Whether the result is no float. */
  readonly isTest?: boolean | undefined;
  readonly samples?: readonly OpSample[] | undefined;
  readonly kinks?: readonly OpKink[] | undefined;
  readonly errors?: readonly OpErrorSample[] | undefined;
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const special = [
  [1, nan, 2],
  [inf, 1, 0],
  [-inf, 1, 2],
  [inf, -inf, 0],
];

interface AxesCase {
  readonly name: string;
  readonly shape: readonly number[];
  readonly axes?: Axes;
  readonly keepDims?: boolean;
}

const cases: readonly AxesCase[] = [
  { name: 'all axes', shape: [2, 3, 4] },
  { name: 'all axes, kept', shape: [2, 3, 4], keepDims: true },
  { name: 'first axis', shape: [3, 4], axes: 0 },
  { name: 'last axis, kept', shape: [3, 5], axes: -1, keepDims: true },
  { name: 'middle axis', shape: [2, 3, 4], axes: 1 },
  { name: 'outer axes', shape: [2, 3, 4], axes: [0, 2] },
  { name: 'outer axes, kept, in any order', shape: [2, 3, 4], axes: [-1, 0], keepDims: true },
  { name: 'leading axes of rank 4', shape: [2, 3, 2, 3], axes: [0, 1] },
  { name: 'axis of extent 1', shape: [3, 1, 2], axes: 1 },
  { name: 'odd row', shape: [2, 37], axes: 1 },
  { name: 'scalar', shape: [] },
  { name: 'no rows', shape: [0, 3], axes: 1 },
];
const emptyCases: readonly AxesCase[] = [
  { name: 'over nothing', shape: [0, 3], axes: 0 },
  { name: 'over nothing at all', shape: [2, 0] },
];

/** The record of a reduction: axes in every way, nothing, special values, dtypes, what is refused. */
export function reduceRecord(description: ReduceDescription): OpRecord {
  const { name, call, torch, range, isTest, refusesEmpty } = description;
  const samples = [...cases, ...(refusesEmpty ? [] : emptyCases)].map(
    ({ name: title, shape, axes, keepDims }, seed): OpSample => {
      return {
        name: title,
        inputs: [uniform(shape, { ...range, seed })],
        call: (x) => call(x, axes, { keepDims }),
        torch: torch('x0', tuple(axes, shape), keepDims ? 'True' : 'False'),
        differentiable: isTest || description.undefinedFor?.includes(title) ? [] : undefined,
      };
    },
  );
  const rows = (description.special ?? special).map((row, i): OpSample => {
    const sample = { call: (x: Tensor) => call(x, 0), torch: torch('x0', '(0,)', 'False'), differentiable: [] };
    return { name: `special values ${i}`, inputs: [floats(row)], ...sample };
  });
  const others = description.integers ? integerSamples(description) : [];
  return {
    name,
    samples: [...samples, ...rows, ...others, ...(description.samples ?? [])],
    kinks: description.kinks,
    errors: [...refusals(description), ...(description.errors ?? [])],
  };
}

/** Axes as a tuple of Python. */
export function tuple(axes: Axes, shape: readonly number[]): string {
  const list = axes === undefined ? shape.map((_, axis) => axis) : typeof axes === 'number' ? [axes] : axes;
  return `(${list.map((axis) => `${axis},`).join('')})`;
}

function integerSamples({ call, torch }: ReduceDescription): OpSample[] {
  const inputs: Readonly<Record<string, SampleInput>> = {
    int32: integers([3, -1, 4, 1, -5, 9], [2, 3]),
    uint8: integers([3, 0, 255, 1, 5, 9], [2, 3], 'uint8'),
    bool: integers([1, 0, 1, 1, 1, 1], [2, 3], 'bool'),
  };
  return Object.entries(inputs).flatMap(([name, x]) => [
    { name, inputs: [x], call: (y) => call(y, 1), torch: torch('x0', '(1,)', 'False') },
    { name: `${name}, all`, inputs: [x], call: (y) => call(y), torch: torch('x0', '(0, 1)', 'False') },
  ]);
}

function refusals({ name, call, integers: welcome, refusesEmpty }: ReduceDescription): OpErrorSample[] {
  const errors: OpErrorSample[] = [
    {
      name: 'axis out of range',
      inputs: [uniform([2, 3])],
      call: (x) => call(x, 2),
      error: ShapeError,
      message: `${name}: axis must be an integer in [-2, 2), got 2`,
    },
    {
      name: 'axis named twice',
      inputs: [uniform([2, 3])],
      call: (x) => call(x, [1, -1]),
      error: ShapeError,
      message: `${name}: axes must be distinct, got 1 twice`,
    },
  ];
  if (!welcome) {
    errors.push({
      name: 'int32',
      inputs: [integers([1, 2])],
      call: (x) => call(x),
      error: DTypeError,
      message: `${name}: dtype must be float, got int32: convert it with cast(x, 'float32')`,
    });
  }
  if (refusesEmpty) {
    errors.push({
      name: 'nothing',
      inputs: [uniform([2, 0])],
      call: (x) => call(x, 1),
      error: ShapeError,
      message: `${name}: reduced axes must have elements, got axis 1 of [2, 0]`,
    });
  }
  return errors;
}
