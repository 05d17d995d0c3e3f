import * as dl from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const losses = (x: dl.Tensor, target: dl.Tensor): dl.Tensor => dl.softmaxCrossEntropy(x, target).losses;
const torch = "F.cross_entropy(x0, x1.long(), reduction='none')";

/** Losses that are one op. */
export const lossRecords: readonly OpRecord[] = [
  {
    name: 'softmaxCrossEntropy',
    samples: [
      sample('three classes', [4, 3], [0, 2, 1, 1]),
      sample('a vector of classes', [2, 8], [7, 3]),
      sample('an odd row', [3, 37], [36, 0, 20]),
      sample('more than a block', [2, 1030], [1029, 4]),
      sample('one class', [3, 1], [0, 0, 0]),
      sample('no rows', [0, 3], []),
      sample('ignored rows', [4, 5], [-100, 4, -100, 0]),
      {
        name: 'another ignored index',
        inputs: [uniform([3, 4]), integers([2, 1, 2])],
        call: (x, target) => dl.softmaxCrossEntropy(x, target, { ignoreIndex: 2 }).losses,
        torch: "F.cross_entropy(x0, x1.long(), reduction='none', ignore_index=2)",
      },
      {
        name: 'how many count',
        inputs: [uniform([4, 3]), integers([0, -100, 2, 1])],
        call: (x, target) => dl.softmaxCrossEntropy(x, target).count,
        torch: '(x1 != -100).sum().double()',
        differentiable: [],
      },
      {
        name: 'large and infinite',
        inputs: [floats([1000, 0, -1000, 0, -inf, 1, inf, 0, 1, nan, 0, 0], [4, 3]), integers([1, 2, 0, 1])],
        call: losses,
        torch,
        differentiable: [],
      },
      {
        name: 'far apart',
        inputs: [floats([100, 0, -100, 3, 50, -50], [2, 3]), integers([0, 2])],
        call: losses,
        torch,
        secondOrder: false,
      },
    ],
    kinks: [
      {
        name: 'an ignored row passes nothing, whatever it holds',
        inputs: [floats([nan, 1, inf, 0, 0, 0], [2, 3]), integers([-100, -100])],
        call: losses,
        gradients: [[0, 0, 0, 0, 0, 0], []],
      },
    ],
    errors: [
      {
        name: 'a target that is float',
        inputs: [uniform([2, 3]), floats([0, 1])],
        call: losses,
        error: dl.DTypeError,
        message: /^softmaxCrossEntropy: target must be int32, got float(32|64): convert with cast\(target, 'int32'\)$/,
      },
      {
        name: 'logits that are int32',
        inputs: [integers([1, 2], [1, 2]), integers([0])],
        call: losses,
        error: dl.DTypeError,
        message: "softmaxCrossEntropy: dtype must be float, got int32: convert it with cast(x, 'float32')",
      },
      {
        name: 'rows that do not match',
        inputs: [uniform([2, 3]), integers([0])],
        call: losses,
        error: dl.ShapeError,
        message: 'softmaxCrossEntropy: logits must be [n, c] and the target [n], got [2, 3] and [1]',
      },
      {
        name: 'a number that is no class',
        inputs: [uniform([2, 3]), integers([0, 3])],
        call: losses,
        error: dl.ArgumentError,
        message: /must be in \[0, 3\), got 3/,
      },
    ],
  },
];

function sample(name: string, shape: readonly number[], target: readonly number[]): OpSample {
  return { name, inputs: [uniform(shape, { seed: target.length }), integers(target)], call: losses, torch };
}
