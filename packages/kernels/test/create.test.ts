import { philox4x32, philoxWords } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { evaluate } from './helpers.ts';

describe('fill', () => {
  it('takes any dtype', async () => {
    expect(await evaluate('fill', [], { value: 1.5 }, [2, 2], 'float32')).toEqual([1.5, 1.5, 1.5, 1.5]);
    expect(await evaluate('fill', [], { value: -1.5 }, [1], 'int32')).toEqual([-1]);
    expect(await evaluate('fill', [], { value: 300 }, [1], 'uint8')).toEqual([255]);
    expect(await evaluate('fill', [], { value: 0.5 }, [1], 'bool')).toEqual([1]);
    expect(await evaluate('fill', [], { value: 7 }, [], 'float64')).toEqual([7]);
    expect(await evaluate('fill', [], { value: 7 }, [3, 0], 'float64')).toEqual([]);
  });
});

describe('iota', () => {
  it('steps from a start, rounding each element once', async () => {
    expect(await evaluate('iota', [], { start: 3, step: -2 }, [4], 'int32')).toEqual([3, 1, -1, -3]);
    const tenths = await evaluate('iota', [], { start: 0, step: 0.1 }, [1001], 'float32');
    expect(tenths[1000]).toBe(100);
    expect(tenths[7]).toBe(Math.fround(0.7));
  });
});

describe('Philox 4x32-10', () => {
  // The known-answer vectors of Random123 (kat_vectors, philox4x32 10).
  it.each([
    [[0, 0], [0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('gives the known answer for key %j and counter %j', (key, counter, words) => {
    expect(hex(philox4x32(key, counter, new Uint32Array(4)))).toBe(words);
  });

  it('writes from an offset on', () => {
    const words = philox4x32([0, 0], [0, 0, 0, 0], new Uint32Array(4), 2);
    expect(hex(words)).toBe('00000000 00000000 6627e8d5 e169c58d');
  });

  it('streams blocks from a counter of more than 32 bits', () => {
    const at = 2 ** 32 - 1;
    const next = philox4x32([1, 2], [0, 1, 0, 0], new Uint32Array(4));
    expect(philoxWords([1, 2], at, 7).slice(4)).toEqual(next.slice(0, 3));
  });
});

describe('randomBits', () => {
  const attrs = { key: [0, 0], counter: 0 } as const;

  it('gives the words as int32', async () => {
    expect(await evaluate('randomBits', [], attrs, [5], 'int32')).toEqual(Array.from(Int32Array.from(philoxWords([0, 0], 0, 5))));
  });

  it('continues where another call with a later counter starts', async () => {
    const all = await evaluate('randomBits', [], attrs, [3, 4], 'float32');
    expect(await evaluate('randomBits', [], { ...attrs, counter: 2 }, [4], 'float32')).toEqual(all.slice(8));
  });

  it('gives floats in [0, 1) from the upper 24 bits, the same in both precisions', async () => {
    const floats = await evaluate('randomBits', [], attrs, [1000], 'float32');
    expect(floats).toEqual(await evaluate('randomBits', [], attrs, [1000], 'float64'));
    expect(floats[0]).toBe(0x6627e8 / 2 ** 24);
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...floats)).toBeLessThan(1);
    const mean = floats.reduce((sum, value) => sum + value, 0) / 1000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 1000));
  });
});

function hex(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join(' ');
}
