import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { ArgumentError, FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { crc32, unzip } from '../src/index.ts';
import { makeZip } from './make-zip.ts';

const text = new TextEncoder().encode('drawn characters '.repeat(500));
const bytes = Uint8Array.of(1, 2, 3);

describe('unzip', () => {
  it('gives the files, deflated and stored, in the order of the archive', async () => {
    const archive = makeZip(['b/', new Uint8Array(0), { stored: true }], ['b/text', text], ['a', bytes, { stored: true }]);
    const files = [
      ['b/text', text],
      ['a', bytes],
    ];
    expect([...(await unzip(archive))]).toEqual(files);
    expect([...(await unzip(new Blob([archive])))]).toEqual(files);
    expect([...(await unzip(archive, { filter: (name) => name === 'a' })).keys()]).toEqual(['a']);
  });

  it('unpacks what is deflated to more than a step', async () => {
    const noise = Uint8Array.from({ length: 40_000 }, (_, i) => Math.imul(i * i, 0x9e3779b1) >>> 23);
    const archive = makeZip(['a', noise]);
    expect(archive.length).toBeGreaterThan(2 ** 15);
    expect(await unzip(archive)).toEqual(new Map([['a', noise]]));
  });

  it('reads a path, and names it where it is no archive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dl-unzip-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'a.zip');
    await writeFile(path, makeZip(['a', bytes]));
    expect(await unzip(path)).toEqual(new Map([['a', bytes]]));
    await writeFile(path, 'broken');
    await expect(unzip(path)).rejects.toThrow(`got none in 6 bytes (truncated?) in ${path}`);
  });

  it.each(['../up', 'a/../../up', '/etc/passwd', '\\windows', 'a\\..\\b', 'C:/x', 'a\0b', 'x/..', ''])(
    'refuses the name %j, which leads out, wanted or not',
    async (name) => {
      const reading = unzip(makeZip(['a', bytes], [name, bytes]), { filter: (wanted) => wanted === 'a' });
      await expect(reading).rejects.toThrow(FormatError);
      await expect(reading).rejects.toThrow('unzip: zip members must have names inside of the archive');
    },
  );

  it('refuses links, doubles, encryption, unknown methods and names that are no text', async () => {
    const link = makeZip(['link', new TextEncoder().encode('/etc/passwd'), { mode: 0o120777 }]);
    await expect(unzip(link)).rejects.toThrow("zip members must not be links, got one that is (member 'link')");
    await expect(unzip(makeZip(['a', bytes], ['a', text]))).rejects.toThrow("names of their own, got 'a' twice");
    await expect(unzip(makeZip(['a', bytes, { flags: 1 }]))).rejects.toThrow(
      "must not be encrypted, got one that is (member 'a')",
    );
    await expect(unzip(makeZip(['a', bytes, { method: 99 }]))).rejects.toThrow("got method 99 (member 'a')");
    const latin = Buffer.from(makeZip(['\u00e9', bytes]));
    latin[latin.lastIndexOf('\u00e9')] = 0xe9;
    await expect(unzip(latin)).rejects.toThrow('zip members must have names in UTF-8, got [233, 169]');
  });

  it('refuses bombs, those that declare their size and those that do not', async () => {
    const large = new Uint8Array(2 ** 22);
    const declared = makeZip(['a', large], ['b', large]);
    expect(declared.length).toBeLessThan(10_000);
    await expect(unzip(declared, { maxBytes: 2 ** 22 })).rejects.toThrow(
      "maxBytes = 4194304 at most, got 8388608 bytes (member 'b')",
    );
    expect((await unzip(declared, { filter: (name) => name === 'a', maxBytes: 2 ** 22 })).size).toBe(1);
    await expect(unzip(makeZip(['a', bytes, { bytes: 2 ** 30 + 1 }]))).rejects.toThrow('maxBytes = 1073741824 at most');
    await expect(unzip(declared, { maxBytes: Number.NaN })).rejects.toThrow(ArgumentError);
    await expect(unzip(makeZip(['a', large, { bytes: 10 }]))).rejects.toThrow('got more and 10 bytes');
    await expect(unzip(makeZip(['a', text, { bytes: 8499 }]))).rejects.toThrow('got more and 8499 bytes');
    await expect(unzip(makeZip(['a', text, { bytes: 9000 }]))).rejects.toThrow("got 8500 and 9000 bytes (member 'a')");
    await expect(unzip(makeZip(['a', text, { crc: 7 }]))).rejects.toThrow("and not 00000007 (member 'a')");
  });

  it('refuses bytes between the directory and its end', async () => {
    const archive = makeZip(['a', bytes]);
    const gap = new Uint8Array([...archive.subarray(0, -22), 0, ...archive.subarray(-22)]);
    await expect(unzip(gap)).rejects.toThrow('a zip directory must lie before its end');
  });

  it('gives no more than its limit, or a FormatError, whatever is cut or changed', async () => {
    const maxBytes = 2 ** 16;
    const archive = makeZip(['a', text], ['b/c', bytes, { stored: true }]);
    const changes = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.nat(2 * archive.length), changes, async (length, flips) => {
        const bad = archive.slice(0, length);
        for (const [at, byte] of flips) if (at < bad.length) bad[at] = byte;
        try {
          let total = 0;
          for (const file of (await unzip(bad, { maxBytes })).values()) total += file.length;
          expect(total).toBeLessThanOrEqual(maxBytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 150 },
    );
  });
});

it("crc32 is zlib's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (data) => {
      expect(crc32(data)).toBe(zlib.crc32(data));
    }),
  );
});
