import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PadMode, pad, slice, tensor, useBackend } from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

describe('pad', () => {
  it.each<[PadMode, number[]]>([
    ['constant', [0, 0, 0, 1, 2, 3, 4, 0, 0]],
    ['reflect', [4, 3, 2, 1, 2, 3, 4, 3, 2]],
    ['replicate', [1, 1, 1, 1, 2, 3, 4, 4, 4]],
    ['circular', [2, 3, 4, 1, 2, 3, 4, 1, 2]],
  ])('fills in mode %s as NumPy does', async (mode, expected) => {
    expect(await pad(tensor([1, 2, 3, 4]), [[3, 2]], { mode }).array()).toEqual(expected);
  });

  it('pads axis after axis, so that corners are filled too', async () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const expected = [
      [4, 3, 4],
      [2, 1, 2],
      [4, 3, 4],
    ];
    expect(
      await pad(
        x,
        [
          [1, 0],
          [1, 0],
        ],
        { mode: 'reflect' },
      ).array(),
    ).toEqual(expected);
  });

  it('keeps what it was given in the middle, in every mode', async () => {
    const modes = fc.constantFrom<PadMode>('constant', 'reflect', 'replicate', 'circular');
    const sides = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }));
    await fc.assert(
      fc.asyncProperty(modes, sides, sides, async (mode, rows, columns) => {
        const x = tensor(
          Int32Array.from({ length: 12 }, (_, i) => i + 1),
          { shape: [3, 4] },
        );
        const padded = pad(x, [rows, columns], { mode, value: -1 });
        expect(padded.shape).toEqual([3 + rows[0] + rows[1], 4 + columns[0] + columns[1]]);
        const middle = slice(padded, [
          [rows[0], rows[0] + 3],
          [columns[0], columns[0] + 4],
        ]);
        expect(await middle.array()).toEqual(await x.array());
      }),
    );
  });
});
