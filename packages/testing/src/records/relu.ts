import { DTypeError } from '@dl/kernels';
import { relu } from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

export const reluRecord: OpRecord = {
  name: 'relu',
  samples: [
    { name: 'matrix', inputs: [uniform([3, 5])], call: relu, torch: 'F.relu(x0)' },
    { name: 'scalar', inputs: [floats([0.5], [])], call: relu, torch: 'F.relu(x0)' },
    { name: 'empty', inputs: [uniform([0, 3])], call: relu, torch: 'F.relu(x0)' },
    { name: 'int32', inputs: [integers([-3, 0, 4])], call: relu, torch: 'F.relu(x0)' },
    {
      name: 'NaN and infinities',
      inputs: [floats([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])],
      call: relu,
      torch: 'F.relu(x0)',
      differentiable: [],
    },
  ],
  kinks: [{ name: 'at 0', inputs: [floats([0])], call: relu, gradients: [[0]] }],
  errors: [
    {
      name: 'bool',
      inputs: [integers([1, 0], [2], 'bool')],
      call: relu,
      error: DTypeError,
      message: "relu: dtype must be float or int32, got bool: convert it with cast(x, 'float32')",
    },
  ],
};
