import { FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../src/index.ts';
import { hostTensor } from './host-tensor.ts';

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
