import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError, DTypeError, FormatError, ShapeError } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy, readNpz } from '../src/index.ts';
import { bytesOf, type GoldenTensor, goldenFiles, tensorOf } from './golden.ts';
import { hostTensor } from './host-tensor.ts';

const files = goldenFiles('npy');
const accepted = files.filter(({ refused }) => refused === undefined);

/** An npy file from a header written by hand. */
function craft(header: string, data: readonly number[] = [], version: readonly [number, number] = [1, 0]): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version[0] === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), ...version, ...length, ...text, ...data]);
}

const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe('decodeNpy reads what NumPy writes', () => {
  it.each(accepted)('$name', (golden) => {
    expect(decodeNpy(bytesOf(golden))).toEqual(tensorOf(golden.value as GoldenTensor));
  });

  it('and shares no memory with it', () => {
    const file = encodeNpy({ shape: [2], dtype: 'uint8', data: new Uint8Array([7, 8]) });
    const inside = Buffer.concat([Buffer.from([1, 2, 3]), file]).subarray(3);
    const { data } = decodeNpy(inside);
    inside.fill(0);
    expect(data).toEqual(new Uint8Array([7, 8]));
  });

  it('by Python 2, with long integers, and in any order of the keys', () => {
    const file = craft(`{"shape": (2L, 1L), "descr": "|u1", "fortran_order": True}`, [7, 8]);
    expect(decodeNpy(file)).toEqual({ shape: [2, 1], dtype: 'uint8', data: new Uint8Array([7, 8]) });
  });
});

describe('decodeNpy refuses', () => {
  it.each(files.filter(({ refused }) => refused !== undefined))('$name', (golden) => {
    expect(() => decodeNpy(bytesOf(golden))).toThrow(FormatError);
    expect(() => decodeNpy(bytesOf(golden))).toThrow(golden.refused);
  });

  const cases: ReadonlyArray<readonly [string, Uint8Array, string]> = [
    ['other files', new Uint8Array(20), 'got [0, 0, 0, 0, 0, 0] (not an npy file?)'],
    ['an empty file', new Uint8Array(0), 'got 0 bytes (not an npy file?)'],
    ['a version to come', craft(header("'|u1'", '(1,)'), [1], [4, 0]), 'version must be 1.0, 2.0 or 3.0, got 4.0'],
    [
      'a long header',
      craft(header("'|u1'", '(1,)').padEnd(10_001), [1], [2, 0]),
      'header length must be at most 10000, got 10001',
    ],
    ['a header that is no dictionary', craft('[1, 2]'), 'header must be a dictionary, got "[1, 2]"'],
    ['a call', craft(header("'|u1'", "__import__('os')")), "header must have entries 'name': value, got"],
    ['a key twice', craft("{'descr': '|u1', 'descr': '|u1'}"), "header keys must be unique, got 'descr' twice"],
    [
      'a key of its own',
      craft("{'descr': '|u1', 'a': True}"),
      'header keys must be descr, fortran_order and shape, got "a, descr"',
    ],
    ['an integer for a shape', craft(header("'|u1'", '(1)'), [1]), 'shape must be a tuple of integers, got "(1)"'],
    ['a shape with a hole', craft(header("'|u1'", '(1,,1)'), [1]), 'shape must be a tuple of integers, got "(1,,1)"'],
    ['text for a shape', craft(header("'|u1'", "'1'"), [1]), 'shape must be a tuple of integers'],
    ['a shape for an order', craft(header("'|u1'", '(1,)', '(1,)'), [1]), 'fortran_order must be True or False, got "(1,)"'],
    ['a shape for a type', craft(header('(1,)', '(1,)'), [1]), 'descr must be quoted text, got "(1,)"'],
    [
      'an unsafe extent',
      craft(header("'|u1'", '(99999999999999999999,)')),
      'extents that a file can have, got 100000000000000000000',
    ],
    ['many axes', craft(header("'|u1'", `(${'1,'.repeat(65)})`), [1]), 'shape must have at most 64 axes, got 65'],
    ['a native byte order', craft(header("'=f4'", '(1,)'), [0, 0, 0, 0]), "after <, > or |, got '=f4'"],
    [
      'no byte order',
      craft(header("'|f4'", '(1,)'), [0, 0, 0, 0]),
      "elements of several bytes must have a byte order, got '|f4'",
    ],
    ['long doubles', craft(header("'<f16'", '(0,)')), "got '<f16' (long doubles)"],
    [
      'a terabyte',
      craft(header("'|u1'", '(1099511627776,)'), [1]),
      'got 1 bytes and a need of 1099511627776 (|u1 [1099511627776])',
    ],
    ['an overflow', craft(header("'<f8'", '(4294967296, 4294967296, 0)')), 'a need of more than any file has'],
    ['bytes left over', craft(header("'|u1'", '(1,)'), [1, 2]), 'got 2 bytes and a need of 1'],
    ['a boolean of 2', craft(header("'|b1'", '(2,)'), [1, 2]), 'BOOL bytes must be 0 or 1, got 2 (array, element 1)'],
  ];
  it.each(cases)('%s', (_, file, message) => {
    expect(() => decodeNpy(file)).toThrow(FormatError);
    expect(() => decodeNpy(file)).toThrow(message);
  });

  it('every truncation', () => {
    const file = bytesOf(accepted[0]);
    for (let length = 0; length < file.length; length++) expect(() => decodeNpy(file.subarray(0, length))).toThrow(FormatError);
  });

  it('damage, with FormatError or by other values, never with anything else', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...accepted), damage, (golden, flips) => {
        const file = bytesOf(golden);
        for (const [where, value] of flips) file[where % 128] = value;
        try {
          decodeNpy(file);
        } catch (error) {
          refused++;
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });
});

describe('encodeNpy', () => {
  const own = accepted.filter(({ name }) =>
    /^(<(i4|f4|f8)|.(u1|b1)|version 1.0|rank 0|no elements|extremes|a long first axis)$/.test(name),
  );

  it('writes the very bytes of NumPy', () => {
    expect(own.length).toBeGreaterThanOrEqual(9);
    for (const golden of own) expect(encodeNpy(tensorOf(golden.value as GoldenTensor))).toEqual(bytesOf(golden));
  });

  it('writes what decodeNpy reads', () => {
    fc.assert(
      fc.property(hostTensor, (array) => {
        expect(decodeNpy(encodeNpy(array))).toEqual(array);
      }),
    );
  });

  it.each([
    [
      'a length other than the shape',
      { shape: [3], dtype: 'uint8', data: new Uint8Array(2) },
      ShapeError,
      'got 2 elements for [3] (array)',
    ],
    ['65 axes', { shape: new Array(65).fill(1), dtype: 'uint8', data: new Uint8Array(1) }, ShapeError, 'at most 64 axes, got 65'],
    [
      'the array of another dtype',
      { shape: [2], dtype: 'int32', data: new Uint8Array(2) },
      DTypeError,
      'got Uint8Array for int32',
    ],
    [
      'a bool of 2',
      { shape: [1], dtype: 'bool', data: new Uint8Array([2]) },
      ArgumentError,
      'bool elements must be 0 or 1, got 2',
    ],
  ] as const)('refuses %s', (_, array, type, message) => {
    expect(() => encodeNpy(array)).toThrow(type);
    expect(() => encodeNpy(array)).toThrow(message);
  });
});

const shared = process.env.DL_CONFORMANCE_DIR && join(process.env.DL_CONFORMANCE_DIR, 'numpy');
const folder = shared && existsSync(shared) ? shared : undefined;

it.skipIf(folder === undefined)("NumPy's own files with objects are refused (DL_CONFORMANCE_DIR)", async () => {
  const names = readdirSync(folder!).filter((name) => /objarr\.np[yz]$/.test(name));
  expect(names).toHaveLength(5);
  for (const name of names) {
    const bytes = readFileSync(join(folder!, name));
    const read = async () => (name.endsWith('z') ? readNpz(bytes) : decodeNpy(bytes));
    await expect(read()).rejects.toThrow('objects, which are pickled Python');
  }
});
