import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import fc from 'fast-check';
import { Inflate, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { encodeNpy, encodeNpz, readNpy, readNpz, writeNpy, writeNpz } from '../src/index.ts';
import { bytesOf, type GoldenTensor, goldenFiles, tensorOf } from './golden.ts';
import { hostTensor } from './host-tensor.ts';

const weight: HostTensor = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) };
const member = encodeNpy(weight);
const directorySignature = [0x50, 0x4b, 1, 2];

/** Where `bytes` begin in `file`, searched from the end. */
function find(file: Uint8Array, bytes: readonly number[]): number {
  return Buffer.from(file).lastIndexOf(Buffer.from(bytes));
}

/** An archive of one array with `change` made to the row of its directory. */
function changed(change: (row: DataView) => void, compress = false): Uint8Array {
  const file = encodeNpz([['w', weight]], { compress });
  change(new DataView(file.buffer, find(file, directorySignature)));
  return file;
}

describe('readNpz', () => {
  it.each(goldenFiles('npz'))('reads $name of NumPy', async (golden) => {
    const expected = Object.entries(golden.value as Record<string, GoldenTensor>).map(
      ([name, one]) => [name, tensorOf(one)] as const,
    );
    expect([...(await readNpz(new Blob([bytesOf(golden)])))]).toEqual(expected);
  });

  it('reads a zip64 archive', async () => {
    const file = encodeNpz([['w', weight]]);
    const row = find(file, directorySignature);
    const end = file.length - 22;
    const extra = new DataView(new ArrayBuffer(28));
    extra.setUint16(0, 1, true);
    extra.setUint16(2, 24, true);
    for (const at of [4, 12]) extra.setBigUint64(at, BigInt(member.length), true);
    const rowBytes = Buffer.from(file.subarray(row, end));
    for (const field of [20, 24, 42]) rowBytes.writeUInt32LE(0xffffffff, field);
    rowBytes.writeUInt16LE(28, 30);
    const end64 = Buffer.alloc(56);
    end64.writeUInt32LE(0x06064b50, 0);
    for (const field of [24, 32]) end64.writeBigUInt64LE(1n, field);
    end64.writeBigUInt64LE(BigInt(rowBytes.length + 28), 40);
    end64.writeBigUInt64LE(BigInt(row), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(end + 28), 8);
    const tail = Buffer.from(file.subarray(end));
    tail.writeUInt32LE(0xffffffff, 16);
    const wide = Buffer.concat([file.subarray(0, row), rowBytes, new Uint8Array(extra.buffer), end64, locator, tail]);
    expect(await readNpz(wide)).toEqual(new Map([['w', weight]]));
    rowBytes.writeUInt16LE(0, 30);
    const poor = Buffer.concat([file.subarray(0, row), rowBytes, tail]);
    poor.writeUInt32LE(row, poor.length - 6);
    await expect(readNpz(poor)).rejects.toThrow("zip members above 4 GiB must have 64-bit sizes, got none (member 'w.npy')");
  });

  it('reads an archive whose comment looks like an end', async () => {
    const file = encodeNpz([['w', weight]]);
    const end = file.slice(-22).fill(0, 4);
    new DataView(file.buffer).setUint16(file.length - 2, 40, true);
    expect(await readNpz(Buffer.concat([file, end, new Uint8Array(18)]))).toEqual(new Map([['w', weight]]));
  });

  it('takes names for names, not for paths', async () => {
    const names = ['../../etc/passwd', '/abs', 'C:\\x', '__proto__', 'constructor', ''];
    const read = await readNpz(encodeNpz(names.map((name) => [name, weight] as const)));
    expect([...read.keys()]).toEqual(names);
  });

  const u32 = (field: number, value: number) => (row: DataView) => row.setUint32(field, value, true);
  const cases: ReadonlyArray<readonly [string, () => Uint8Array, string]> = [
    ['an empty file', () => new Uint8Array(0), 'a zip archive ends with its directory, got none in 0 bytes'],
    ['a member that is no array', () => zipSync({ 'readme.txt': member }), "members must be arrays (.npy), got 'readme.txt'"],
    ['a false array', () => zipSync({ 'x.npy': new Uint8Array(9) }), '(not an npy file?) in x.npy'],
    ['a wrong sum', () => changed(u32(16, 0)), 'members must have their CRC-32, got '],
    [
      'an encrypted member',
      () => changed((row) => row.setUint16(8, 1, true)),
      "must not be encrypted, got one that is (member 'w.npy')",
    ],
    ['another method', () => changed((row) => row.setUint16(10, 12, true)), 'must be stored (0) or deflated (8), got method 12'],
    ['two sizes of a stored member', () => changed(u32(24, 9)), `must have one size, got ${member.length} and 9 bytes`],
    ['a member past the end', () => changed(u32(42, 1e6)), 'zip members must lie in their file'],
    ['a member that begins elsewhere', () => changed(u32(42, 1)), 'must begin with their header, got other bytes at 1'],
    [
      'a deflated size too small',
      () => changed(u32(24, 9), true),
      'must unpack to the size that they declare, got more and 9 bytes',
    ],
    ['a deflated size too large', () => changed(u32(24, 999), true), `got ${member.length} and 999 bytes`],
    [
      'a declared bomb',
      () => changed(u32(24, 0xfffffffe), true),
      'a file may unpack to maxBytes = 1073741824 at most, got 4294967294',
    ],
    [
      'a directory past its end',
      () => {
        const file = encodeNpz([['w', weight]]);
        new DataView(file.buffer).setUint32(file.length - 10, 1e6, true);
        return file;
      },
      'a zip directory must lie before its end, got [',
    ],
    [
      'a count of members that is false',
      () => {
        const file = encodeNpz([['w', weight]]);
        new DataView(file.buffer).setUint16(file.length - 12, 60000, true);
        return file;
      },
      'a zip directory must hold its members, got 60000 in',
    ],
    [
      'a name twice',
      () => {
        const file = encodeNpz([
          ['a', weight],
          ['b', weight],
        ]);
        file[find(file, [...new TextEncoder().encode('b.npy')])] = 0x61;
        return file;
      },
      "zip members must have names of their own, got 'a.npy' twice",
    ],
  ];
  it.each(cases)('refuses %s', async (_, file, message) => {
    await expect(readNpz(file())).rejects.toThrow(FormatError);
    await expect(readNpz(file())).rejects.toThrow(message);
  });

  it('refuses a bomb that lies about its size without unpacking all of it', async () => {
    const file = zipSync({ 'x.npy': new Uint8Array(2 ** 26) });
    new DataView(file.buffer).setUint32(find(file, directorySignature) + 24, 100, true);
    const steps = vi.spyOn(Inflate.prototype, 'push');
    await expect(readNpz(file)).rejects.toThrow('got more and 100 bytes');
    expect(steps).toHaveBeenCalledTimes(1);
    steps.mockRestore();
    expect(file.length).toBeGreaterThan(2 ** 15);
  });

  it('unpacks as far as it is told', async () => {
    const file = encodeNpz([['zeros', { shape: [5000], dtype: 'uint8', data: new Uint8Array(5000) }]], { compress: true });
    expect((await readNpz(file, { maxBytes: 5128 })).size).toBe(1);
    await expect(readNpz(file, { maxBytes: 5127 })).rejects.toThrow(
      "maxBytes = 5127 at most, got 5128 bytes (member 'zeros.npy')",
    );
    await expect(readNpz(file, { maxBytes: Number.NaN })).rejects.toThrow(ArgumentError);
  });

  it.each([false, true])('refuses every truncation (compress: %s)', async (compress) => {
    const file = encodeNpz([['w', weight]], { compress });
    for (let length = 0; length < file.length; length++)
      await expect(readNpz(file.subarray(0, length))).rejects.toThrow(FormatError);
  });

  it.each([false, true])('finds all damage to the arrays, and fails by FormatError only (compress: %s)', async (compress) => {
    const file = encodeNpz([['w', weight]], { compress });
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at] ^= 0x55;
      const read = await readNpz(damaged).catch((error) => {
        expect(error).toBeInstanceOf(FormatError);
        return undefined;
      });
      if (read !== undefined) expect([...read.values()]).toEqual([weight]);
    }
  });
});

describe('encodeNpz', () => {
  it('writes what readNpz reads', async () => {
    const name = fc.string({ unit: 'binary' });
    const arrays = fc.uniqueArray(fc.tuple(name, hostTensor), { selector: ([key]) => key, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(arrays, fc.boolean(), async (entries, compress) => {
        expect(await readNpz(encodeNpz(entries, { compress }))).toEqual(new Map(entries));
      }),
    );
  });

  it('gives equal bytes for equal arrays, and fewer with compress', () => {
    const zeros: HostTensor = { shape: [5000], dtype: 'uint8', data: new Uint8Array(5000) };
    expect(encodeNpz([['z', zeros]])).toEqual(encodeNpz(new Map([['z', zeros]])));
    expect(encodeNpz([['z', zeros]]).length).toBeGreaterThan(5000);
    expect(encodeNpz([['z', zeros]], { compress: true }).length).toBeLessThan(500);
  });

  it.each([
    ['a name twice', ['x', 'x'], "names must be unique, got 'x' twice"],
    ['half a character', ['\ud83d'], 'names must be valid Unicode, got a lone surrogate ("\\ud83d")'],
    ['an endless name', ['é'.repeat(32766)], 'names must have at most 65531 bytes, got 65532'],
  ])('refuses %s', (_, names, message) => {
    const encode = () => encodeNpz(names.map((name) => [name, weight] as const));
    expect(encode).toThrow(ArgumentError);
    expect(encode).toThrow(message);
  });
});

it('npy and npz files are read as they were written, and stay as they were where writing fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dl-io-npy-'));
  try {
    const [npy, npz] = [join(folder, 'x.npy'), join(folder, 'x.npz')];
    await writeNpy(npy, weight);
    await writeNpz(npz, [['w', weight]], { compress: true });
    expect(await readNpy(npy)).toEqual(weight);
    expect(await readNpz(npz)).toEqual(new Map([['w', weight]]));
    await expect(writeNpy(npy, { ...weight, shape: [3] })).rejects.toThrow(/^writeNpy: data must fill the shape/);
    await expect(writeNpz(npz, [['w', { ...weight, shape: [3] }]])).rejects.toThrow("(array 'w')");
    expect(await readFile(npy)).toEqual(Buffer.from(member));
    expect((await readdir(folder)).sort()).toEqual(['x.npy', 'x.npz']);
    await writeFile(npy, 'broken');
    await writeFile(npz, 'broken');
    await expect(readNpy(npy)).rejects.toThrow(`(not an npy file?) in ${npy}`);
    await expect(readNpz(npz)).rejects.toThrow(`in ${npz}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
