import { DTypeError, FormatError, type HostTensor, ShapeError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { decodeImage, encodePng } from '../src/index.ts';
import { makePng, pixels, pngChunk, pngHeader, pngOf } from './make-png.ts';

const red = [255, 0, 0];
const blue = [0, 0, 255];
const palette = pngChunk('PLTE', [...red, ...blue, 9, 9, 9]);
const end = pngChunk('IEND', []);

describe('PNG with a palette', () => {
  // Four pixels of two bits: 0 1 2 1.
  const file = makePng([4, 1, 2, 3], [0, 0b00_01_10_01], palette, pngChunk('tRNS', [0, 128]));

  it('gives colours, and the alpha of tRNS when asked for', async () => {
    const colors = await decodeImage(file);
    expect(colors).toEqual({
      shape: [3, 1, 4],
      dtype: 'uint8',
      data: Uint8Array.of(255, 0, 9, 0, 0, 0, 9, 0, 0, 255, 9, 255),
    });
    const { shape, data } = await decodeImage(file, { channels: 4 });
    expect([shape, [...data.slice(12)]]).toEqual([
      [4, 1, 4],
      [0, 128, 255, 128],
    ]);
  });

  it('gives the indices when stored samples are asked for', async () => {
    const stored = await decodeImage(file, { samples: 'stored' });
    expect(stored).toEqual({ shape: [1, 1, 4], dtype: 'uint8', data: Uint8Array.of(0, 1, 2, 1) });
  });

  it('refuses an index without a colour, and a palette that does not fit', async () => {
    const refused: ReadonlyArray<readonly [Uint8Array, string]> = [
      [makePng([4, 1, 2, 3], [0, 0b00_01_11_01], palette), 'palette indices must be below 3, got 3 (pixel 2)'],
      [makePng([4, 1, 1, 3], [0, 0], palette), 'PLTE must be 1 to 2 colours of 3 bytes, got 9 bytes'],
      [makePng([4, 1, 2, 3], [0, 0]), 'an image of colour type 3 must have PLTE, got none'],
      [
        makePng([4, 1, 2, 3], [0, 0], palette, pngChunk('tRNS', [1, 2, 3, 4])),
        'tRNS of this image must have 1 to 3 bytes, got 4',
      ],
    ];
    for (const [bytes, message] of refused) await expect(decodeImage(bytes)).rejects.toThrow(message);
  });
});

describe('PNG of 16 bits', () => {
  const file = makePng([2, 1, 16, 0], [0, 0x12, 0x34, 0xff, 0x01]);

  it('gives the upper byte, or the whole as int32', async () => {
    expect((await decodeImage(file)).data).toEqual(Uint8Array.of(0x12, 0xff));
    const stored = await decodeImage(file, { samples: 'stored' });
    expect(stored).toEqual({ shape: [1, 1, 2], dtype: 'int32', data: Int32Array.of(0x1234, 0xff01) });
  });
});

describe('PNG from a stranger', () => {
  const header = pngHeader(1, 1, 8, 0);

  it('cannot take memory that its file does not account for', async () => {
    const bomb = pixels(new Uint8Array(32 * 2 ** 20));
    expect(bomb.length).toBeLessThan(40_000);
    const refused: ReadonlyArray<readonly [Uint8Array, string]> = [
      [pngOf(header, bomb, end), 'must inflate to at most 2 bytes, got more'],
      [pngOf(pngHeader(60_000, 60_000, 8, 6), pixels([0]), end), 'at most maxPixels = 67108864, got 60000 x 60000'],
      [pngOf(pngHeader(8000, 8000, 8, 6), pixels([0]), end), '8000 x 8000 pixels take 248070 bytes of IDAT at least, got 9'],
      [pngOf(pngHeader(4, 4, 8, 0), pixels([0, 1, 2]), end), '4 x 4 pixels take 20 bytes, got 3'],
      [pngOf(pngHeader(0, 1, 8, 0), pixels([0]), end), 'an image must have pixels, got 0 x 1'],
    ];
    for (const [bytes, message] of refused) await expect(decodeImage(bytes)).rejects.toThrow(message);
  });

  it('is inflated by the platform where there is no Node, as in browsers, and refused the same', async () => {
    const lookup = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    onTestFinished(() => lookup.mockRestore());
    expect((await decodeImage(pngOf(header, pixels([0, 7]), end))).data).toEqual(Uint8Array.of(7));
    await expect(decodeImage(pngOf(header, pixels(new Uint8Array(2 ** 20)), end))).rejects.toThrow('at most 2 bytes, got more');
    await expect(decodeImage(pngOf(header, pngChunk('IDAT', [1, 2, 3]), end))).rejects.toThrow('must be sound PNG data');
    expect(lookup).toHaveBeenCalledWith('node:zlib');
  });

  it('is refused when chunks are missing, doubled, misplaced, unknown, cut or corrupt', async () => {
    const sound = pngOf(header, pixels([0, 7]), end);
    expect((await decodeImage(sound)).data).toEqual(Uint8Array.of(7));
    const flipped = sound.slice();
    flipped[45] ^= 1;
    const long = sound.slice();
    long[8] = 0x7f;
    const refused: ReadonlyArray<readonly [Uint8Array, string]> = [
      [pngOf(header, end), 'must have IDAT chunks, got none'],
      [pngOf(pixels([0, 7]), end), 'begins with one IHDR, got IDAT'],
      [pngOf(header, header, pixels([0, 7]), end), 'begins with one IHDR, got IHDR'],
      [pngOf(header, pngChunk('tRNS', [0, 1]), pngChunk('tRNS', [0, 1]), end), 'must have one tRNS, got two'],
      [pngOf(header, pixels([0]), pngChunk('tEXt', []), pixels([7]), end), 'must follow each other, got one after tEXt'],
      [pngOf(header, pixels([0, 7]), pngChunk('PLTE', red), end), 'PLTE must come before IDAT'],
      [pngOf(header, pngChunk('ABCD', []), pixels([0, 7]), end), "critical PNG chunks must be known, got 'ABCD'"],
      [pngOf(header, pixels([0, 7])), 'ends with IEND'],
      [pngOf(header, pixels([9, 7]), end), 'PNG filters must be 0 to 4, got 9'],
      [flipped, 'must have their CRC-32'],
      [long, 'PNG chunks must lie in their file'],
    ];
    for (const [bytes, message] of refused) await expect(decodeImage(bytes)).rejects.toThrow(message);
    for (let length = 0; length < sound.length; length++) {
      await expect(decodeImage(sound.subarray(0, length))).rejects.toThrow(FormatError);
    }
  });

  it('passes over what has nothing to do with pixels, however large it would become', async () => {
    const profile = pngChunk('iCCP', [0x61, 0, 0, ...pixels(new Uint8Array(2 ** 20)).subarray(8, -4)]);
    expect((await decodeImage(pngOf(header, profile, pixels([0, 7]), end))).data).toEqual(Uint8Array.of(7));
  });
});

describe('encodePng', () => {
  it('writes what decodeImage reads', async () => {
    const image = fc
      .tuple(fc.constantFrom(1, 3, 4), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain((shape) => {
        const length = shape[0] * shape[1] * shape[2];
        return fc
          .uint8Array({ minLength: length, maxLength: length })
          .map((data): HostTensor => ({ shape, dtype: 'uint8', data }));
      });
    await fc.assert(
      fc.asyncProperty(image, async (tensor) => {
        const channels = tensor.shape[0] === 4 ? 4 : undefined;
        expect(await decodeImage(await encodePng(tensor), { channels })).toEqual(tensor);
      }),
    );
  });

  it('makes a smooth picture small', async () => {
    const data = Uint8Array.from({ length: 100 * 100 }, (_, i) => (i % 100) + Math.floor(i / 100));
    expect((await encodePng({ shape: [1, 100, 100], dtype: 'uint8', data })).length).toBeLessThan(500);
  });

  it('refuses what is no picture', async () => {
    const data = new Uint8Array(8);
    await expect(encodePng({ shape: [2, 2, 2], dtype: 'uint8', data })).rejects.toThrow(ShapeError);
    await expect(encodePng({ shape: [1, 0, 2], dtype: 'uint8', data: new Uint8Array(0) })).rejects.toThrow('got [1, 0, 2]');
    await expect(encodePng({ shape: [1, 1, 1], dtype: 'float32', data: new Float32Array(1) })).rejects.toThrow(DTypeError);
  });
});
