import { ArgumentError, type Pair, ShapeError } from '@dl/kernels';
import { concat, diagEmbed, type PadMode, pad, repeatInterleave, stack, tile } from '@dl/tensor';
import type { OpRecord, OpSample } from '../../record.ts';
import { integers, uniform } from '../../sample.ts';

/** A padding of images, which is where PyTorch has all modes. */
function imagePad(mode: PadMode, rows: Pair, columns: Pair): OpSample {
  const sides = [...columns, ...rows];
  return {
    name: `${mode}, images by ${sides.join(', ')}`,
    inputs: [uniform([1, 2, 3, 4])],
    call: (x) => pad(x, [[0, 0], [0, 0], rows, columns], { mode }),
    torch: `F.pad(x0, (${sides.join(', ')}), mode='${mode}')`,
  };
}

/** Ops whose result is larger than any of their inputs. */
export const growthRecords: readonly OpRecord[] = [
  {
    name: 'pad',
    samples: [
      {
        name: 'zeros',
        inputs: [uniform([2, 3])],
        call: (x) =>
          pad(x, [
            [1, 0],
            [2, 1],
          ]),
        torch: 'F.pad(x0, (2, 1, 1, 0))',
      },
      {
        name: 'a value',
        inputs: [uniform([3])],
        call: (x) => pad(x, [[0, 2]], { value: -1.5 }),
        torch: 'F.pad(x0, (0, 2), value=-1.5)',
      },
      {
        name: 'empty',
        inputs: [uniform([0, 2])],
        call: (x) =>
          pad(x, [
            [1, 1],
            [0, 1],
          ]),
        torch: 'F.pad(x0, (0, 1, 1, 1))',
      },
      { name: 'by nothing', inputs: [uniform([2])], call: (x) => pad(x, [[0, 0]]), torch: 'x0.clone()' },
      {
        name: 'int32',
        inputs: [integers([1, 2])],
        call: (x) => pad(x, [[1, 1]], { value: 7 }),
        torch: 'F.pad(x0, (1, 1), value=7)',
      },
      { name: 'bool', inputs: [integers([1, 1], [2], 'bool')], call: (x) => pad(x, [[1, 0]]), torch: 'F.pad(x0, (1, 0))' },
      imagePad('reflect', [2, 1], [0, 3]),
      imagePad('replicate', [4, 0], [1, 2]),
      imagePad('circular', [3, 1], [2, 4]),
    ],
    errors: [
      {
        name: 'pairs missing',
        inputs: [uniform([2, 3])],
        call: (x) => pad(x, [[1, 1]]),
        error: ShapeError,
        message: 'pad: pads must be one pair an axis, got 1 pairs and 2 axes (x [2, 3])',
      },
      {
        name: 'negative',
        inputs: [uniform([2])],
        call: (x) => pad(x, [[-1, 0]]),
        error: ArgumentError,
        message: 'pad: pads must be non-negative integers, got -1 and 0 at axis 0',
      },
      {
        name: 'reflecting more than there is',
        inputs: [uniform([3])],
        call: (x) => pad(x, [[3, 0]], { mode: 'reflect' }),
        error: ShapeError,
        message: 'pad: reflect pads must be at most 2 at axis 0, got 3 and 0 (x [3])',
      },
      {
        name: 'unknown mode',
        inputs: [uniform([3])],
        call: (x) => pad(x, [[1, 0]], { mode: 'mirror' as PadMode }),
        error: ArgumentError,
        message: "pad: mode must be 'constant', 'reflect', 'replicate' or 'circular', got mirror",
      },
    ],
  },
  {
    name: 'concat',
    samples: [
      {
        name: 'rows',
        inputs: [uniform([2, 3]), uniform([1, 3], { seed: 1 })],
        call: (a, b) => concat([a, b]),
        torch: 'torch.cat((x0, x1))',
      },
      {
        name: 'three along the last axis',
        inputs: [uniform([2, 3]), uniform([2, 1], { seed: 1 }), uniform([2, 2], { seed: 2 })],
        call: (a, b, c) => concat([a, b, c], -1),
        torch: 'torch.cat((x0, x1, x2), -1)',
      },
      {
        name: 'channels',
        inputs: [uniform([2, 1, 2, 2]), uniform([2, 2, 2, 2], { seed: 1 })],
        call: (a, b) => concat([a, b], 1),
        torch: 'torch.cat((x0, x1), 1)',
      },
      {
        name: 'one alike',
        inputs: [uniform([2, 2]), uniform([2, 2], { seed: 1 })],
        call: (a, b) => concat([a, b], 1),
        torch: 'torch.cat((x0, x1), 1)',
      },
      {
        name: 'one of them empty',
        inputs: [uniform([0, 2]), uniform([1, 2], { seed: 1 })],
        call: (a, b) => concat([a, b]),
        torch: 'torch.cat((x0, x1))',
      },
      { name: 'one alone', inputs: [uniform([2])], call: (x) => concat([x]), torch: 'torch.cat((x0,))' },
      {
        name: 'promoted',
        inputs: [uniform([2]), integers([3, -4])],
        call: (a, b) => concat([a, b]),
        torch: 'torch.cat((x0, x1))',
      },
      { name: 'int32', inputs: [integers([1, 2]), integers([3])], call: (a, b) => concat([a, b]), torch: 'torch.cat((x0, x1))' },
    ],
    errors: [
      {
        name: 'nothing',
        inputs: [],
        call: () => concat([]),
        error: ArgumentError,
        message: 'concat: tensors must be at least one, got none',
      },
      {
        name: 'other extents',
        inputs: [uniform([2, 3]), uniform([2, 4])],
        call: (a, b) => concat([a, b]),
        error: ShapeError,
        message: 'concat: shapes must be equal but along axis 0, got [2, 3] and [2, 4] (inputs 0 and 1)',
      },
      {
        name: 'another rank',
        inputs: [uniform([2, 3]), uniform([3])],
        call: (a, b) => concat([a, b]),
        error: ShapeError,
        message: 'concat: shapes must be equal but along axis 0, got [2, 3] and [3] (inputs 0 and 1)',
      },
      {
        name: 'no such axis',
        inputs: [uniform([2]), uniform([2])],
        call: (a, b) => concat([a, b], 1),
        error: ShapeError,
        message: 'concat: axis must be an integer in [-1, 1), got 1',
      },
    ],
  },
  {
    name: 'stack',
    samples: [
      {
        name: 'rows',
        inputs: [uniform([3]), uniform([3], { seed: 1 })],
        call: (a, b) => stack([a, b]),
        torch: 'torch.stack((x0, x1))',
      },
      {
        name: 'last axis',
        inputs: [uniform([2, 3]), uniform([2, 3], { seed: 1 })],
        call: (a, b) => stack([a, b], -1),
        torch: 'torch.stack((x0, x1), -1)',
      },
      {
        name: 'scalars',
        inputs: [uniform([]), uniform([], { seed: 1 })],
        call: (a, b) => stack([a, b]),
        torch: 'torch.stack((x0, x1))',
      },
    ],
    errors: [
      {
        name: 'nothing',
        inputs: [],
        call: () => stack([]),
        error: ArgumentError,
        message: 'stack: tensors must be at least one, got none',
      },
      {
        name: 'other shapes',
        inputs: [uniform([2]), uniform([3])],
        call: (a, b) => stack([a, b]),
        error: ShapeError,
        message: 'stack: shapes must be equal, got [2] and [3] (inputs 0 and 1)',
      },
    ],
  },
  {
    name: 'tile',
    samples: [
      { name: 'both axes', inputs: [uniform([2, 3])], call: (x) => tile(x, [2, 3]), torch: 'x0.tile(2, 3)' },
      { name: 'fewer than axes', inputs: [uniform([2, 3])], call: (x) => tile(x, [2]), torch: 'x0.tile(2)' },
      { name: 'more than axes', inputs: [uniform([2])], call: (x) => tile(x, [2, 1, 2]), torch: 'x0.tile(2, 1, 2)' },
      { name: 'away', inputs: [uniform([2])], call: (x) => tile(x, [0]), torch: 'x0.tile(0)' },
    ],
    errors: [
      {
        name: 'negative',
        inputs: [uniform([2])],
        call: (x) => tile(x, [-1]),
        error: ArgumentError,
        message: 'tile: repeats must be non-negative integers, got [-1]',
      },
    ],
  },
  {
    name: 'repeatInterleave',
    samples: [
      { name: 'rows', inputs: [uniform([2, 3])], call: (x) => repeatInterleave(x, 2, 0), torch: 'x0.repeat_interleave(2, 0)' },
      {
        name: 'last axis',
        inputs: [uniform([2, 3])],
        call: (x) => repeatInterleave(x, 3, -1),
        torch: 'x0.repeat_interleave(3, -1)',
      },
    ],
    errors: [
      {
        name: 'fraction',
        inputs: [uniform([2])],
        call: (x) => repeatInterleave(x, 1.5, 0),
        error: ArgumentError,
        message: 'repeatInterleave: count must be a non-negative integer, got 1.5',
      },
    ],
  },
  {
    name: 'diagEmbed',
    samples: [
      { name: 'vector', inputs: [uniform([3])], call: (x) => diagEmbed(x), torch: 'torch.diag_embed(x0)' },
      { name: 'batch above', inputs: [uniform([2, 2])], call: (x) => diagEmbed(x, 1), torch: 'torch.diag_embed(x0, 1)' },
      { name: 'below', inputs: [uniform([2])], call: (x) => diagEmbed(x, -2), torch: 'torch.diag_embed(x0, -2)' },
    ],
    errors: [
      {
        name: 'scalar',
        inputs: [uniform([])],
        call: (x) => diagEmbed(x),
        error: ShapeError,
        message: 'diagEmbed: axis must be an integer in [0, 0), got -1',
      },
      {
        name: 'fraction',
        inputs: [uniform([2])],
        call: (x) => diagEmbed(x, 0.5),
        error: ArgumentError,
        message: 'diagEmbed: offset must be an integer, got 0.5',
      },
    ],
  },
];
