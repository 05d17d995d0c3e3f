import { gzipSync } from 'node:zlib';
import { FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { untar } from '../src/formats/untar.ts';
import { gunzip } from '../src/index.ts';

const text = new TextEncoder().encode('drawn characters '.repeat(500));
const bytes = Uint8Array.of(1, 2, 3);

describe('archives from a stranger', () => {
  const maxBytes = 2 ** 16;
  const gzip = new Uint8Array(gzipSync(text));
  const tarOf = () =>
    packTar([
      { header: { name: 'a', size: text.length, type: 'file' }, body: text },
      { header: { name: 'b', size: 3, type: 'file' }, body: bytes },
    ]);
  const damaged = (file: Uint8Array<ArrayBuffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> =>
    fc
      .tuple(fc.nat(2 * file.length), fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 8 }))
      .map(([length, changes]) => {
        const copy = file.slice(0, length);
        for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
        return copy;
      });
  const refusedOrSmall = async (reading: Promise<Iterable<readonly [unknown, Uint8Array]>>): Promise<void> => {
    try {
      let total = 0;
      for (const [, { length }] of await reading) total += length;
      expect(total).toBeLessThanOrEqual(maxBytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
    }
  };

  it('gunzip gives no more than its limit, or a FormatError, whatever is cut or changed', async () => {
    const read = async (file: Uint8Array<ArrayBuffer>) => [['', await gunzip(file, { maxBytes })] as const];
    await fc.assert(
      fc.asyncProperty(damaged(gzip), (bad) => refusedOrSmall(read(bad))),
      { numRuns: 150 },
    );
  });

  it('untar gives its members, or a FormatError, whatever is cut or changed', async () => {
    const tar = new Uint8Array(await tarOf());
    const read = async (file: Uint8Array): Promise<Iterable<readonly [unknown, Uint8Array]>> =>
      (await untar('test', file, ['a', 'b'])).entries();
    expect([...(await read(tar))]).toEqual([
      [0, text],
      [1, bytes],
    ]);
    await fc.assert(
      fc.asyncProperty(damaged(tar), (bad) => refusedOrSmall(read(bad))),
      { numRuns: 150 },
    );
  });
});
