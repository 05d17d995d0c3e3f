import { gzipSync } from 'node:zlib';
import { FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { untar } from '../src/formats/untar.ts';
import { gunzip, unzip } from '../src/index.ts';
import { makeZip } from './make-zip.ts';

const text = new TextEncoder().encode('drawn characters '.repeat(500));
const bytes = Uint8Array.of(1, 2, 3);

describe('unzip', () => {
  it('gives the files, deflated and stored, in the order of the archive', async () => {
    const archive = makeZip(['b/', new Uint8Array(0), { stored: true }], ['b/text', text], ['a', bytes, { stored: true }]);
    const files = await unzip(archive);
    expect([...files]).toEqual([
      ['b/text', text],
      ['a', bytes],
    ]);
    expect([...(await unzip(archive, { filter: (name) => name === 'a' })).keys()]).toEqual(['a']);
  });

  it.each(['../up', 'a/../../up', '/etc/passwd', '\\windows', 'a\\..\\b', 'C:/x', 'a\0b', 'x/..', ''])(
    'refuses the name %j, which leads out',
    async (name) => {
      await expect(unzip(makeZip([name, bytes]))).rejects.toThrow('unzip: zip members must have names inside of the archive');
    },
  );

  it('refuses links, doubles, encryption and unknown methods', async () => {
    const link = makeZip(['link', new TextEncoder().encode('/etc/passwd'), { mode: 0o120777 }]);
    await expect(unzip(link)).rejects.toThrow('members must be plain files, got a link (link)');
    await expect(unzip(makeZip(['a', bytes], ['a', text]))).rejects.toThrow("names of their own, got 'a' twice");
    await expect(unzip(makeZip(['a', bytes, { flags: 1 }]))).rejects.toThrow('got an encrypted one (a)');
    await expect(unzip(makeZip(['a', bytes, { method: 99 }]))).rejects.toThrow('got method 99 (a)');
  });

  it('refuses bombs, those that declare their size and those that do not', async () => {
    const large = new Uint8Array(16 * 2 ** 20);
    const declared = makeZip(['a', large], ['b', large]);
    expect(declared.length).toBeLessThan(50_000);
    await expect(unzip(declared, { maxBytes: 2 ** 20 })).rejects.toThrow('at most 1048576 bytes, got 33554432 in 2');
    await expect(unzip(makeZip(['a', large, { bytes: 10 }]))).rejects.toThrow('must inflate to at most 10 bytes, got more');
    await expect(unzip(makeZip(['a', text, { bytes: 1e9 }]))).rejects.toThrow('1000000000 bytes, got 8500 bytes (a)');
    await expect(unzip(makeZip(['a', text, { crc: 7 }]))).rejects.toThrow('got another sum (a)');
  });
});

describe('where there is no Node, as in browsers', () => {
  it('unzip inflates by the platform, and refuses the same', async () => {
    const lookup = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    onTestFinished(() => lookup.mockRestore());
    expect([...(await unzip(makeZip(['a', text])))]).toEqual([['a', text]]);
    await expect(unzip(makeZip(['a', new Uint8Array(2 ** 20), { bytes: 10 }]))).rejects.toThrow('at most 10 bytes, got more');
    await expect(unzip(makeZip(['a', text, { bytes: 1e9 }]))).rejects.toThrow('got 8500 bytes (a)');
    const broken = makeZip(['a', text]);
    broken.fill(0xff, 31, 40);
    await expect(unzip(broken)).rejects.toThrow('unzip: must be sound deflated data of a');
    expect(lookup).toHaveBeenCalledWith('node:zlib');
  });
});

describe('archives from a stranger', () => {
  const maxBytes = 2 ** 16;
  const zip = makeZip(['a', text], ['b/c', bytes, { stored: true }]);
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

  it.each([
    ['unzip', zip, (file: Uint8Array<ArrayBuffer>) => unzip(file, { maxBytes })],
    ['gunzip', gzip, async (file: Uint8Array<ArrayBuffer>) => [['', await gunzip(file, { maxBytes })] as const]],
  ] as const)('%s gives no more than its limit, or a FormatError, whatever is cut or changed', async (_, file, read) => {
    await fc.assert(
      fc.asyncProperty(damaged(file), (bad) => refusedOrSmall(read(bad))),
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
