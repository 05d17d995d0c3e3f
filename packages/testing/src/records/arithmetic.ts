import * as dl from '@dl/tensor';
import type { OpKink, OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';
import { binaryRecord, columns } from './binary-record.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const away = { low: 0.5, high: 3 };

/** Arithmetic of two operands. */
export const arithmeticRecords: readonly OpRecord[] = [
  binaryRecord({
    name: 'add',
    call: dl.add,
    torch: (a, b) => `${a} + ${b}`,
    integers: [
      [7, 2],
      [2147483647, 1],
    ],
  }),
  binaryRecord({
    name: 'sub',
    call: dl.sub,
    torch: (a, b) => `${a} - ${b}`,
    integers: [
      [7, 2],
      [-2147483648, 1],
    ],
  }),
  binaryRecord({
    name: 'mul',
    call: dl.mul,
    torch: (a, b) => `${a} * ${b}`,
    integers: [
      [7, 2],
      [65536, 65537],
    ],
  }),
  withoutRefusal(
    binaryRecord({
      name: 'div',
      call: dl.div,
      torch: (a, b) => `${a} / ${b}`,
      b: away,
      samples: [
        {
          name: 'two bools become floats',
          inputs: [integers([1, 0], [2], 'bool'), integers([1, 1], [2], 'bool')],
          call: dl.div,
          torch: 'x0 / x1',
        },
      ],
    }),
  ),
  binaryRecord({
    name: 'floorDivide',
    call: dl.floorDivide,
    torch: (a, b) => `torch.div(${a}, ${b}, rounding_mode='floor')`,
    b: away,
    special: [
      [7, 2],
      [-7, 2],
      [7, -2],
      [1, 0.125],
      [5, 0],
      [-5, 0],
      [0, 0],
      [nan, 1],
      [1, nan],
      [inf, 2],
      [3, inf],
      [6, 3],
    ],
  }),
  binaryRecord({
    name: 'remainder',
    call: dl.remainder,
    torch: (a, b) => `torch.remainder(${a}, ${b})`,
    a: { low: -6, high: 6 },
    b: away,
    special: [
      [7, 2],
      [-7, 2],
      [7, -2],
      [-7, -2],
      [6, 3],
      [5, 0],
      [nan, 1],
      [1, nan],
      [inf, 2],
    ],
    samples: [
      {
        name: 'negative divisor',
        inputs: [uniform([7], { low: -6, high: 6 }), uniform([7], { low: -3, high: -0.5 })],
        call: dl.remainder,
        torch: 'torch.remainder(x0, x1)',
      },
    ],
  }),
  binaryRecord({
    name: 'pow',
    call: dl.pow,
    torch: (a, b) => `torch.pow(${a}, ${b})`,
    a: away,
    special: [
      [0, 0],
      [nan, 0],
      [1, nan],
      [0, 2],
      [0, -1],
      [-2, 3],
      [-2, 0.5],
      [inf, 2],
      [inf, -1],
      [2, inf],
      [-1, inf],
      [0.5, inf],
    ],
    integers: [
      [3, 4],
      [-2, 3],
      [5, 0],
      [0, 0],
      [10, 10],
    ],
    samples: [-3, -0.5, 0, 0.5, 1, 2, 3].map(
      (exponent): OpSample => ({
        name: `to the power of ${exponent}`,
        inputs: [uniform([3, 5], away)],
        call: (x) => dl.pow(x, exponent),
        torch: `x0 ** ${exponent}`,
      }),
    ),
    kinks: [
      { name: 'numbers as exponents at 0', inputs: [floats([0])], call: sumOfPowers, gradients: [[1]] },
      {
        name: '0 to the power of 0, 1, 2',
        inputs: columns(
          [
            [0, 0],
            [0, 1],
            [0, 2],
          ],
          floats,
        ),
        call: dl.pow,
        gradients: [
          [0, 1, 0],
          [0, 0, 0],
        ],
      },
      { name: '0 to a negative power', inputs: columns([[0, -1]], floats), call: dl.pow, gradients: [[-inf], [-inf]] },
    ],
  }),
  binaryRecord({
    name: 'maximum',
    call: dl.maximum,
    torch: (a, b) => `torch.maximum(${a}, ${b})`,
    kinks: [tie(dl.maximum)],
  }),
  binaryRecord({
    name: 'minimum',
    call: dl.minimum,
    torch: (a, b) => `torch.minimum(${a}, ${b})`,
    kinks: [tie(dl.minimum)],
  }),
  binaryRecord({ name: 'atan2', call: dl.atan2, torch: (a, b) => `torch.atan2(${a}, ${b})`, integers: [] }),
];

/** Division takes every dtype. */
function withoutRefusal(record: OpRecord): OpRecord {
  return { ...record, errors: record.errors?.filter(({ error }) => error !== dl.DTypeError) };
}

function sumOfPowers(x: dl.Tensor): dl.Tensor {
  return [0, 1, 2, 3].map((exponent) => dl.pow(x, exponent)).reduce((sum, power) => dl.add(sum, power));
}

function tie(call: (a: dl.Tensor, b: dl.Tensor) => dl.Tensor): OpKink {
  return {
    name: 'where both are equal',
    inputs: [floats([1, -2]), floats([1, -2])],
    call,
    gradients: [
      [0.5, 0.5],
      [0.5, 0.5],
    ],
  };
}
