import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import type { Operand, Tensor } from '@dl/tensor';
import type { OpErrorSample, OpKink, OpRecord, OpSample, SampleInput } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

/** An elementwise function of two tensors or numbers. */
export interface BinaryDescription {
  readonly name: string;
  readonly call: (a: Operand, b: Operand) => Tensor;
  /** In PyTorch, of two expressions that are tensors. */
  readonly torch: (a: string, b: string) => string;
  /** Where it is smooth in both; default -2 to 2. */
  readonly a?: { readonly low: number; readonly high: number } | undefined;
  readonly b?: { readonly low: number; readonly high: number } | undefined;
  /** Pairs worth a look. */
  readonly special?: readonly (readonly [number, number])[] | undefined;
  /** Pairs of integers; `[]` for functions of floats only. */
  readonly integers?: readonly (readonly [number, number])[] | undefined;
  /** Whether the result is bool: no gradient, and every dtype is welcome. */
  readonly isTest?: boolean | undefined;
  readonly samples?: readonly OpSample[] | undefined;
  readonly kinks?: readonly OpKink[] | undefined;
  readonly errors?: readonly OpErrorSample[] | undefined;
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const values = [nan, inf, -inf, 0, 1, -2];
const everyPair = values.flatMap((a) => values.map((b) => [a, b] as const));
const shapes = {
  'equal shapes': [
    [3, 5],
    [3, 5],
  ],
  vector: [[37], [37]],
  'row and matrix': [[5], [3, 5]],
  'column and row': [[4, 1], [6]],
  'middle axis': [
    [2, 1, 3],
    [2, 4, 3],
  ],
  'scalar and matrix': [[], [2, 3]],
  scalars: [[], []],
  empty: [[0, 3], [3]],
  'one and none': [
    [1, 1],
    [2, 0],
  ],
} as const;

/** The record of a function of two operands: broadcasting both ways, numbers, promotion, special values, what is refused. */
export function binaryRecord(description: BinaryDescription): OpRecord {
  const { name, call, torch, a, b, isTest } = description;
  const differentiable = isTest ? [] : undefined;
  const pair = (left: readonly number[], right: readonly number[], seed: number): SampleInput[] => [
    uniform(left, { ...a, seed }),
    uniform(right, { ...b, seed: seed + 100 }),
  ];
  const samples: OpSample[] = Object.entries(shapes).flatMap(([shape, [left, right]], seed) => {
    const sample = { name: shape, inputs: pair(left, right, seed), call, torch: torch('x0', 'x1'), differentiable };
    return `${left}` === `${right}`
      ? [sample]
      : [sample, { ...sample, name: `${shape}, swapped`, inputs: pair(right, left, seed) }];
  });
  if (!isTest) {
    const inputs = pair([5], [3, 5], 50);
    samples.push({ name: 'by the stretched operand alone', inputs, call, torch: torch('x0', 'x1'), differentiable: [0] });
  }
  const number = 1.5;
  samples.push(
    {
      name: 'number on the right',
      inputs: [uniform([7], a)],
      call: (x) => call(x, number),
      torch: torch('x0', `torch.tensor(${number})`),
      differentiable,
    },
    {
      name: 'number on the left',
      inputs: [uniform([7], b)],
      call: (x) => call(number, x),
      torch: torch(`torch.tensor(${number})`, 'x0'),
      differentiable,
    },
    {
      name: 'special values',
      inputs: columns(description.special ?? everyPair, floats),
      call,
      torch: torch('x0', 'x1'),
      differentiable: [],
    },
  );
  return {
    name,
    samples: [...samples, ...integerSamples(description), ...(description.samples ?? [])],
    kinks: description.kinks,
    errors: [...refusals(description), ...(description.errors ?? [])],
  };
}

/** Two inputs from pairs. */
export function columns(
  pairs: readonly (readonly [number, number])[],
  input: (values: readonly number[]) => SampleInput,
): readonly [SampleInput, SampleInput] {
  return [input(pairs.map(([a]) => a)), input(pairs.map(([, b]) => b))];
}

function integerSamples({
  call,
  torch,
  integers: pairs = [
    [7, 2],
    [-7, 2],
    [7, -2],
    [0, 3],
  ],
  isTest,
}: BinaryDescription): OpSample[] {
  if (pairs.length === 0) return [];
  const small = integers([3, 200, 1, 0], [4], 'uint8');
  const four = integers([7, -200, 2, 5]);
  const samples: OpSample[] = [
    { name: 'int32', inputs: columns(pairs, integers), call, torch: torch('x0', 'x1') },
    {
      name: 'int32 and number',
      inputs: [four],
      call: (x) => call(x, 3),
      torch: torch('x0', 'torch.tensor(3, dtype=torch.int32)'),
    },
    { name: 'uint8 and int32', inputs: [small, four], call, torch: torch('x0.int()', 'x1') },
    {
      name: 'int32 and float',
      inputs: [integers([2, 1, 4, 1]), floats([1.5, 0.75, 2.25, 4])],
      call,
      torch: torch('x0.double()', 'x1'),
      ...(isTest ? { differentiable: [] } : {}),
    },
  ];
  return isTest ? [...samples, ...byteSamples({ call, torch })] : samples;
}

function byteSamples({ call, torch }: Pick<BinaryDescription, 'call' | 'torch'>): OpSample[] {
  const bits = [integers([0, 0, 1, 1], [4], 'bool'), integers([0, 1, 0, 1], [4], 'bool')];
  const bytes = [integers([0, 5, 255], [3], 'uint8'), integers([5, 5, 1], [3], 'uint8')];
  return [
    { name: 'bool', inputs: bits, call, torch: torch('x0', 'x1') },
    { name: 'uint8', inputs: bytes, call, torch: torch('x0', 'x1') },
    {
      name: 'uint8 and a negative number',
      inputs: [bytes[0]],
      call: (x) => call(x, -1),
      torch: torch('x0.int()', 'torch.tensor(-1)'),
    },
    {
      name: 'int32 and a fraction',
      inputs: [integers([1, 2])],
      call: (x) => call(x, 1.5),
      torch: torch('x0.double()', 'torch.tensor(1.5)'),
    },
  ];
}

function refusals({ name, call, isTest, integers: pairs = [[0, 0]] }: BinaryDescription): OpErrorSample[] {
  const floatsOnly = pairs.length === 0;
  const dtype = floatsOnly ? 'int32' : 'bool';
  const bits = integers([1, 0], [2], dtype);
  const shape: OpErrorSample = {
    name: 'shapes that do not broadcast',
    inputs: [uniform([2, 3]), uniform([2])],
    call: (a, b) => call(a, b),
    error: ShapeError,
    message: `${name}: shapes must broadcast, got 3 and 2 at axis 1 (a [2, 3], b [2])`,
  };
  const numbers: OpErrorSample = {
    name: 'two numbers',
    inputs: [],
    call: () => call(1, 2),
    error: ArgumentError,
    message: `${name}: one operand must be a tensor, got the numbers 1 and 2`,
  };
  const dtypes: OpErrorSample = {
    name: dtype,
    inputs: [bits, bits],
    call: (a, b) => call(a, b),
    error: DTypeError,
    message: `${name}: dtype must be ${floatsOnly ? 'float' : 'float or int32'}, got ${dtype}: convert it with cast(x, 'float32')`,
  };
  return isTest ? [shape, numbers] : [shape, numbers, dtypes];
}
