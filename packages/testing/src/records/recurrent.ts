import * as dl from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const both = (gates: dl.Tensor, state: dl.Tensor): readonly dl.Tensor[] => {
  const { hidden, cell } = dl.lstmCell(gates, state);
  return [hidden, cell];
};
const next = 'torch.sigmoid(x0.chunk(4, 1)[1]) * x1 + torch.sigmoid(x0.chunk(4, 1)[0]) * torch.tanh(x0.chunk(4, 1)[2])';
const hidden = `torch.sigmoid(x0.chunk(4, 1)[3]) * torch.tanh(${next})`;

/** Cells of recurrent networks. */
export const recurrentRecords: readonly OpRecord[] = [
  {
    name: 'lstmCell',
    samples: [
      sample('one unit', 1, 1),
      sample('three units', 2, 3),
      sample('a vector', 3, 4),
      sample('a vector and more', 2, 9),
      {
        name: 'the hidden state alone',
        inputs: [uniform([2, 8]), uniform([2, 2], { seed: 1 })],
        call: (gates, state) => dl.lstmCell(gates, state).hidden,
        torch: hidden,
      },
      {
        name: 'the cell state alone',
        inputs: [uniform([2, 8]), uniform([2, 2], { seed: 1 })],
        call: (gates, state) => dl.lstmCell(gates, state).cell,
        torch: next,
      },
      { ...sample('the gates alone move', 2, 5), differentiable: [0] },
      { ...sample('the cell alone moves', 2, 5), differentiable: [1] },
      { name: 'no rows', inputs: [uniform([0, 12]), uniform([0, 3])], call: both, torch: `(${hidden}, ${next})` },
      {
        name: 'NaN and infinity',
        inputs: [floats([inf, -inf, inf, inf, nan, 0, 0, 0], [2, 4]), floats([2, 3], [2, 1])],
        call: both,
        torch: `(${hidden}, ${next})`,
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'gates of another width',
        inputs: [uniform([2, 6]), uniform([2, 2])],
        call: both,
        error: dl.ShapeError,
        message: 'lstmCell: gates must be [n, 4 h] and cell [n, h], got [2, 6] and [2, 2]',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2, 3, 4], [1, 4]), uniform([1, 1])],
        call: both,
        error: dl.DTypeError,
        message: "lstmCell: dtype must be float, got int32: convert it with cast(x, 'float32')",
      },
      {
        name: 'two dtypes',
        inputs: [uniform([1, 4]), integers([1], [1, 1])],
        call: both,
        error: dl.DTypeError,
        message: /^lstmCell: gates and cell must have one dtype, got float(32|64) and int32$/,
      },
    ],
  },
];

function sample(name: string, rows: number, width: number): OpSample {
  return {
    name,
    inputs: [uniform([rows, 4 * width], { seed: width }), uniform([rows, width], { seed: 40 + width })],
    call: both,
    torch: `(${hidden}, ${next})`,
  };
}
