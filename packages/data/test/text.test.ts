import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharVocabulary, charVocabulary, DataLoader, splitText, textDataset } from '../src/index.ts';

describe('charVocabulary', () => {
  it('gives back every text of its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const vocabulary = charVocabulary(text);
        expect(vocabulary.decode(vocabulary.encode(text))).toBe(text);
        expect(vocabulary.size).toBe(new Set(text).size);
      }),
    );
  });

  it('counts code points, in order', () => {
    expect(charVocabulary('b😀a😀').chars).toEqual(['a', 'b', '😀']);
  });

  it('refuses what it does not have', () => {
    const vocabulary = charVocabulary('ab');
    expect(() => vocabulary.encode('abc')).toThrow('got "c" (character 2)');
    expect(() => vocabulary.decode([2])).toThrow(ArgumentError);
    expect(() => vocabulary.decode([-1])).toThrow('numbers must be integers in [0, 2), got -1');
    expect(() => new CharVocabulary(['a', 'a'])).toThrow(ArgumentError);
  });
});

describe('textDataset', () => {
  const text = 'abcdefghijklmnopqrstuvwxyz';
  const vocabulary = charVocabulary(text);

  it('has windows and what follows each character', () => {
    const windows = textDataset(text, { vocabulary, length: 10 });
    expect(windows.size).toBe(2);
    expect(vocabulary.decode(windows.get(1).x.data)).toBe('klmnopqrst');
    expect(vocabulary.decode(windows.get(1).y.data)).toBe('lmnopqrstu');
  });

  it('goes on with each row from batch to batch', async () => {
    const loader = new DataLoader(textDataset(text, { vocabulary, length: 3, streams: 2 }), { batchSize: 2 });
    const rows = ['', ''];
    for await (const { x } of loader) {
      const numbers = await x.data();
      for (const r of [0, 1]) rows[r] += vocabulary.decode(numbers.subarray(3 * r, 3 * r + 3));
    }
    expect(rows).toEqual(['abcdefghijkl', 'mnopqrstuvwx']);
  });

  it('needs one character more than a window', () => {
    expect(textDataset('abc', { vocabulary, length: 3 }).size).toBe(0);
    expect(textDataset('abcd', { vocabulary, length: 3 }).size).toBe(1);
    expect(textDataset('', { vocabulary, length: 3 }).size).toBe(0);
  });

  it('refuses lengths and streams that are no counts', () => {
    expect(() => textDataset(text, { vocabulary, length: 0 })).toThrow('length must be a positive integer, got 0');
    expect(() => textDataset(text, { vocabulary, length: 1, streams: 1.5 })).toThrow(ArgumentError);
  });
});

describe('splitText', () => {
  it('cuts once, and never through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (text, fraction) => {
        const { train, validation } = splitText(text, fraction);
        expect(train + validation).toBe(text);
        expect(Array.from(train).length + Array.from(validation).length).toBe(Array.from(text).length);
      }),
    );
    expect(splitText('a'.repeat(100), 0.1).validation.length).toBe(10);
    for (const fraction of [0, 1, Number.NaN]) expect(() => splitText('ab', fraction)).toThrow(ArgumentError);
  });
});

const input = join(process.env.DL_DATA_DIR ?? '', 'tinyshakespeare', 'input.txt');
describe.skipIf(!process.env.DL_DATA_DIR || !existsSync(input))('tiny Shakespeare (DL_DATA_DIR)', () => {
  it('has windows of its characters', () => {
    const text = readFileSync(input, 'utf8');
    const vocabulary = charVocabulary(text);
    const { train, validation } = splitText(text, 0.1);
    const windows = textDataset(train, { vocabulary, length: 64, streams: 32 });
    expect(vocabulary.size).toBeLessThanOrEqual(65);
    expect(windows.size).toBe(32 * Math.floor((train.length - 1) / (32 * 64)));
    expect(vocabulary.decode(windows.get(0).x.data)).toBe(text.slice(0, 64));
    expect(validation.length).toBe(Math.floor(text.length / 10));
  });
});
