import { createTypedArray, type DType, FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIdx } from '../src/index.ts';

function idx(type: number, extents: readonly number[], elements: Uint8Array): Uint8Array {
  const file = new Uint8Array(4 + 4 * extents.length + elements.length);
  file.set([0, 0, type, extents.length]);
  const view = new DataView(file.buffer);
  extents.forEach((extent, i) => {
    view.setUint32(4 + 4 * i, extent);
  });
  file.set(elements, 4 + 4 * extents.length);
  return file;
}

describe('decodeIdx reads', () => {
  const bigEndian: ReadonlyArray<readonly [number, DType, number, (view: DataView, at: number, value: number) => void]> = [
    [0x08, 'uint8', 1, (view, at, value) => view.setUint8(at, value)],
    [0x09, 'int32', 1, (view, at, value) => view.setInt8(at, value)],
    [0x0b, 'int32', 2, (view, at, value) => view.setInt16(at, value)],
    [0x0c, 'int32', 4, (view, at, value) => view.setInt32(at, value)],
    [0x0d, 'float32', 4, (view, at, value) => view.setFloat32(at, value)],
    [0x0e, 'float64', 8, (view, at, value) => view.setFloat64(at, value)],
  ];
  it.each(bigEndian)('element type %i as %s', (type, dtype, bytes, write) => {
    const values = type === 0x08 ? [1, 200, 3] : [1, -100, 3];
    const elements = new Uint8Array(3 * bytes);
    values.forEach((value, i) => {
      write(new DataView(elements.buffer), i * bytes, value);
    });
    const data = createTypedArray(dtype, 3);
    data.set(values);
    expect(decodeIdx(idx(type, [3, 1], elements))).toEqual({ shape: [3, 1], dtype, data });
  });

  it('a scalar, an empty axis, and a view into a larger buffer without sharing it', () => {
    expect(decodeIdx(idx(8, [], new Uint8Array([5]))).shape).toEqual([]);
    expect(decodeIdx(idx(8, [2, 0], new Uint8Array(0))).data).toEqual(new Uint8Array(0));
    const inside = Buffer.concat([Buffer.from([9]), idx(8, [2], new Uint8Array([5, 6]))]).subarray(1);
    const { data } = decodeIdx(inside);
    inside.fill(0);
    expect(data).toEqual(new Uint8Array([5, 6]));
  });
});

describe('decodeIdx refuses', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'a file has at least 4 bytes, got 0 (truncated? fetch it again)'],
    [
      'another magic number',
      new Uint8Array([1, 0, 8, 1]),
      'the first bytes must be 00 00 and a type of 08 09 0b 0c 0d 0e, got 01 00 08 (not an IDX file)',
    ],
    ['an unknown type', idx(0x0a, [1], new Uint8Array(1)), 'got 00 00 0a (not an IDX file)'],
    ['a file still compressed', new Uint8Array([0x1f, 0x8b, 8, 0, 0]), 'got 1f 8b 08 (a gzip file: gunzip it first)'],
    [
      'a cut header',
      idx(8, [2, 2], new Uint8Array(4)).subarray(0, 9),
      'a header of 2 extents has 12 bytes, got 9 (truncated? fetch it again)',
    ],
    ['cut elements', idx(8, [2, 2], new Uint8Array(3)), 'elements of [2, 2] take 4 bytes, got 3 (truncated? fetch it again)'],
    ['bytes left over', idx(8, [2, 2], new Uint8Array(5)), 'elements of [2, 2] take 4 bytes, got 5 (trailing bytes'],
    [
      'extents that overflow',
      idx(8, [0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(8)),
      'elements of [4294967295, 4294967295, 4294967295] take',
    ],
  ])('%s', (_, file, message) => {
    expect(() => decodeIdx(file)).toThrow(FormatError);
    expect(() => decodeIdx(file)).toThrow(message);
  });

  it('any damage with a FormatError, if it does not read it', () => {
    const sound = idx(8, [2, 3], new Uint8Array(6));
    fc.assert(
      fc.property(
        fc.nat(sound.length),
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 3 }),
        (length, flips) => {
          const file = sound.slice();
          for (const [at, value] of flips) file[at] = value;
          try {
            const { shape, data } = decodeIdx(file.subarray(0, length));
            expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
