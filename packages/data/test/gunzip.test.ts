import { gzipSync } from 'node:zlib';
import { FormatError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../src/index.ts';

const zip = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(bytes));
const text = new TextEncoder().encode('handwritten digits '.repeat(5000));

describe('gunzip', () => {
  it('gives back what was zipped', async () => {
    expect(await gunzip(zip(text))).toEqual(text);
    expect(await gunzip(zip(new Uint8Array(0)))).toEqual(new Uint8Array(0));
  });

  it('refuses a truncated file at every length', async () => {
    const file = zip(text);
    for (const length of [0, 1, 9, 20, file.length - 9, file.length - 1]) {
      await expect(gunzip(file.slice(0, length))).rejects.toThrow(FormatError);
    }
    await expect(gunzip(file.slice(0, 50))).rejects.toThrow('gunzip: must be a sound gzip file, got 50 bytes');
  });

  it('refuses a file whose checksum is wrong, and one that is none', async () => {
    const file = zip(text);
    file[file.length - 6] ^= 1;
    await expect(gunzip(file)).rejects.toThrow(FormatError);
    await expect(gunzip(new Uint8Array([1, 2, 3, 4]))).rejects.toThrow(FormatError);
  });

  it('stops at the cap: a small file cannot fill the memory', async () => {
    const bomb = zip(new Uint8Array(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(gunzip(bomb, { maxBytes: 1_000_000 })).rejects.toThrow('must inflate to at most 1000000 bytes, got more');
    await expect(gunzip(zip(text), { maxBytes: text.length })).resolves.toHaveLength(text.length);
  });
});
