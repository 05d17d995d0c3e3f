import { createTypedArray, type DType, FormatError, sizeOf } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type HostTensor } from '../src/index.ts';

const values: { readonly [D in DType]: fc.Arbitrary<number> } = {
  float64: fc.double(),
  float32: fc.float(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint8: fc.nat(255),
  bool: fc.nat(1),
};

const hostTensor: fc.Arbitrary<HostTensor> = fc
  .record({
    dtype: fc.constantFrom<DType>('float64', 'float32', 'int32', 'uint8', 'bool'),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
  })
  .chain(({ dtype, shape }) => {
    const length = sizeOf(shape);
    return fc.array(values[dtype], { minLength: length, maxLength: length }).map((list) => {
      const data = createTypedArray(dtype, length);
      data.set(list);
      return { dtype, shape, data };
    });
  });

const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__metadata__');
const tensors = fc.uniqueArray(fc.tuple(name, hostTensor), { selector: ([key]) => key, maxLength: 6 });
const metadata = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), { noNullPrototype: true });

describe('safetensors', () => {
  it('gives back what it wrote', () => {
    fc.assert(
      fc.property(tensors, metadata, (entries, notes) => {
        const file = decodeSafetensors(encodeSafetensors(entries, notes));
        expect(file.tensors).toEqual(new Map(entries));
        expect(file.metadata).toEqual(notes);
      }),
    );
  });

  it('writes the same file again from what it read', () => {
    fc.assert(
      fc.property(tensors, metadata, (entries, notes) => {
        const file = encodeSafetensors(entries, notes);
        const read = decodeSafetensors(file);
        expect(encodeSafetensors(read.tensors, read.metadata)).toEqual(file);
      }),
    );
  });

  it('reads a damaged file or throws FormatError, never anything else', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
    let refused = 0;
    fc.assert(
      fc.property(tensors, damage, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (entries, flips, at, truncate) => {
        const file = encodeSafetensors(entries, { note: 'kept' });
        for (const [where, value] of flips) file[where % file.length] = value;
        const damaged = truncate ? file.subarray(0, Math.floor(at * file.length)) : file;
        try {
          decodeSafetensors(damaged);
        } catch (error) {
          refused++;
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  it('refuses every truncation of a file', () => {
    const file = encodeSafetensors([['x', { shape: [3], dtype: 'float32', data: new Float32Array(3) }]], { note: 'kept' });
    for (let length = 0; length < file.length; length++) {
      expect(() => decodeSafetensors(file.subarray(0, length))).toThrow(FormatError);
    }
  });
});
