import { FormatError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../src/index.ts';
import { craft, row } from './craft.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

function only(dtype: string, shape: number[], data: Uint8Array) {
  const { tensors } = decodeSafetensors(craft(`{"x":${row(dtype, shape, 0, data.length)}}`, data));
  return tensors.get('x')!;
}

describe('decodeSafetensors reads', () => {
  it('float32 at an odd offset of the file, without sharing its memory', () => {
    const file = craft(`{"x":${row('F32', [2], 0, 8)}} `, new Uint8Array(new Float32Array([1.5, -2]).buffer));
    const x = decodeSafetensors(file).tensors.get('x')!;
    file.fill(0);
    expect(x).toEqual({ shape: [2], dtype: 'float32', data: new Float32Array([1.5, -2]) });
  });

  it('a Node Buffer that is a view into a larger one', () => {
    const file = craft(`{"x":${row('U8', [3], 0, 3)}}`, bytes(7, 8, 9));
    const inside = Buffer.concat([Buffer.from([1, 2, 3]), file]).subarray(3);
    const x = decodeSafetensors(inside).tensors.get('x')!;
    inside.fill(0);
    expect(x.data).toEqual(bytes(7, 8, 9));
  });

  it.each([
    ['F64', new Uint8Array(new Float64Array([Math.PI]).buffer), 'float64', new Float64Array([Math.PI])],
    ['I32', new Uint8Array(new Int32Array([-5]).buffer), 'int32', new Int32Array([-5])],
    ['I64', new Uint8Array(new BigInt64Array([-5n]).buffer), 'int32', new Int32Array([-5])],
    ['I64', new Uint8Array(new BigInt64Array([2147483647n]).buffer), 'int32', new Int32Array([2147483647])],
    ['I16', bytes(0x00, 0x80), 'int32', new Int32Array([-32768])],
    ['I8', bytes(0x80), 'int32', new Int32Array([-128])],
    ['U64', bytes(255, 255, 255, 127, 0, 0, 0, 0), 'int32', new Int32Array([2147483647])],
    ['U32', bytes(255, 255, 255, 127), 'int32', new Int32Array([2147483647])],
    ['U16', bytes(255, 255), 'int32', new Int32Array([65535])],
    ['U8', bytes(255), 'uint8', bytes(255)],
    ['BOOL', bytes(1), 'bool', bytes(1)],
    ['BF16', bytes(0xc0, 0x3f), 'float32', new Float32Array([1.5])],
    ['F16', bytes(0x00, 0xc1), 'float32', new Float32Array([-2.5])],
  ])('%s', (type, data, dtype, values) => {
    expect(only(type, [1], data)).toEqual({ shape: [1], dtype, data: values });
  });

  it('every finite float16 exactly', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((h) => ((h >> 10) & 31) !== 31);
    const got = only('F16', [halves.length], new Uint8Array(halves.buffer)).data;
    const exact = (h: number): number => {
      const [sign, e, f] = [h >> 15 ? -1 : 1, (h >> 10) & 31, h & 1023];
      return sign * (e === 0 ? f / 1024 : 1 + f / 1024) * 2 ** Math.max(e - 15, -14);
    };
    expect(got).toEqual(Float32Array.from(halves, exact));
  });

  it('float16 infinities and NaN', () => {
    expect([...only('F16', [3], bytes(0, 0x7c, 0, 0xfc, 1, 0x7e)).data]).toEqual([Infinity, -Infinity, NaN]);
  });

  it('scalars, empty tensors and an empty file', () => {
    const file = craft(`{"e":${row('F32', [0, 3], 4, 4)},"s":${row('F32', [], 0, 4)}}`, bytes(0, 0, 0x80, 0x3f));
    const { tensors } = decodeSafetensors(file);
    expect(tensors.get('s')).toEqual({ shape: [], dtype: 'float32', data: new Float32Array([1]) });
    expect(tensors.get('e')).toEqual({ shape: [0, 3], dtype: 'float32', data: new Float32Array(0) });
    expect(decodeSafetensors(craft('{}'))).toEqual({ tensors: new Map(), metadata: {} });
  });

  it('metadata, names with escapes, and padding after the header', () => {
    const file = craft(`{"__metadata__":{"a{":"\\"b\\": }"},"x\\n\\"":${row('U8', [1], 0, 1)}}   `, bytes(3));
    const { tensors, metadata } = decodeSafetensors(file);
    expect(metadata).toEqual({ 'a{': '"b": }' });
    expect([...tensors.keys()]).toEqual(['x\n"']);
  });

  it("a tensor named '__proto__' as any other", () => {
    const file = craft(`{"__proto__":${row('U8', [1], 0, 1)}}`, bytes(3));
    expect(decodeSafetensors(file).tensors.get('__proto__')?.data).toEqual(bytes(3));
  });

  it('tensors in the order of their data', () => {
    const file = craft(`{"b":${row('U8', [1], 1, 2)},"a":${row('U8', [1], 2, 3)},"10":${row('U8', [1], 0, 1)}}`, bytes(1, 2, 3));
    expect([...decodeSafetensors(file).tensors.keys()]).toEqual(['10', 'b', 'a']);
  });
});

describe('decodeSafetensors refuses', () => {
  const eight = new Uint8Array(8);
  const cases: ReadonlyArray<readonly [string, Uint8Array, string]> = [
    ['a file shorter than the length', bytes(1, 2, 3), 'a file has at least 8 bytes, got 3 (truncated?)'],
    ['a header past the end', craft('{}', eight, 11n), 'header must fit the file, got a length of 11 and 10 bytes (truncated?)'],
    ['a header over 100 MB', craft('{}', eight, 100_000_001n), 'header length must be at most 100000000, got 100000001'],
    ['a length beyond 2^63', craft('{}', eight, 2n ** 64n - 1n), 'got 18446744073709551615'],
    ['an empty header', craft('', eight), "header must begin with '{', got byte undefined"],
    ['a header after a space', craft(' {}'), "header must begin with '{', got byte 32"],
    ['a header with a byte order mark', craft('\ufeff{}'), "header must begin with '{', got byte 239"],
    ['a header that is no UTF-8', craft(bytes(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'header must be JSON in UTF-8'],
    ['a header that is no JSON', craft('{"x":}'), 'header must be JSON in UTF-8'],
    ['a name given twice', craft('{"x":0,"x":0}'), "header keys must be unique, got 'x' twice"],
    ['a name given twice, once escaped', craft('{"x":0,"\\u0078" :0}'), "header keys must be unique, got 'x' twice"],
    ['a field given twice', craft('{"x":{"dtype":"U8","dtype":"F32"}}'), "header keys must be unique, got 'dtype' twice"],
    ['metadata that is no object', craft('{"__metadata__":[]}'), '__metadata__ must be an object of strings, got []'],
    ['metadata that is no text', craft('{"__metadata__":{"n":1}}'), "__metadata__ values must be strings, got 1 ('n')"],
    ['a tensor that is no object', craft('{"x":3}'), "a tensor must be described by an object, got 3 (tensor 'x')"],
    ['an unread dtype', craft(`{"x":${row('F8_E4M3', [8], 0, 8)}}`, eight), 'got "F8_E4M3" (tensor \'x\')'],
    ['no dtype', craft('{"x":{}}'), "got nothing (tensor 'x')"],
    [
      'a negative extent',
      craft(`{"x":${row('U8', [-8], 0, 8)}}`, eight),
      'shape must be a list of non-negative integers, got [-8]',
    ],
    ['a fractional extent', craft(`{"x":${row('U8', [0.5], 0, 8)}}`, eight), 'shape must be a list of non-negative integers'],
    ['an unsafe extent', craft(`{"x":${row('U8', [2 ** 53], 0, 8)}}`, eight), 'shape must be a list of non-negative integers'],
    [
      'an end before its begin',
      craft(`{"x":${row('U8', [0], 8, 0)}}`, eight),
      'data_offsets must be [begin, end] with begin <= end, got [8, 0]',
    ],
    ['three offsets', craft('{"x":{"dtype":"U8","shape":[8],"data_offsets":[0,8,8]}}', eight), 'got [0, 8, 8]'],
    ['a range that is not the shape', craft(`{"x":${row('F32', [1], 0, 8)}}`, eight), "got 8 and 4 bytes (tensor 'x', F32 [1])"],
    [
      'a shape that overflows',
      craft(`{"x":${row('F32', [2 ** 30, 2 ** 30, 0], 0, 0)}}`),
      'got 0 and more than any file has bytes',
    ],
    ['a hole before', craft(`{"x":${row('U8', [4], 4, 8)}}`, eight), "with no hole, got begin 4 after end 0 ('x')"],
    ['a hole between', craft(`{"x":${row('U8', [4], 0, 4)},"y":${row('U8', [3], 5, 8)}}`, eight), 'with no hole'],
    ['an overlap', craft(`{"x":${row('U8', [4], 0, 4)},"y":${row('U8', [5], 3, 8)}}`, eight), 'with no overlap'],
    ['the same range twice', craft(`{"x":${row('U8', [8], 0, 8)},"y":${row('U8', [8], 0, 8)}}`, eight), 'overlap'],
    ['data past the end', craft(`{"x":${row('U8', [9], 0, 9)}}`, eight), 'got 9 bytes described and 8 in the file'],
    ['data left over', craft(`{"x":${row('U8', [7], 0, 7)}}`, eight), 'got 7 bytes described and 8 in the file'],
    [
      'a terabyte in a small file',
      craft(`{"x":${row('U8', [2 ** 40], 0, 2 ** 40)}}`, eight),
      '1099511627776 bytes described and 8',
    ],
    [
      'an I64 above int32',
      craft(`{"x":${row('I64', [1], 0, 8)}}`, new Uint8Array(new BigInt64Array([2147483648n]).buffer)),
      "I64 values are read as int32 and must fit it, got 2147483648 (tensor 'x', element 0)",
    ],
    [
      'an I64 below int32',
      craft(`{"x":${row('I64', [1], 0, 8)}}`, new Uint8Array(new BigInt64Array([-2147483649n]).buffer)),
      'got -2147483649',
    ],
    [
      'a U64 above int32',
      craft(`{"x":${row('U64', [1], 0, 8)}}`, bytes(255, 255, 255, 255, 255, 255, 255, 255)),
      "U64 values are read as int32 and must fit it, got 18446744073709551615 (tensor 'x', element 0)",
    ],
    ['a U64 of 2^31', craft(`{"x":${row('U64', [1], 0, 8)}}`, bytes(0, 0, 0, 128, 0, 0, 0, 0)), 'must fit it, got 2147483648'],
    [
      'a U32 above int32',
      craft(`{"x":${row('U32', [2], 0, 8)}}`, bytes(1, 0, 0, 0, 0, 0, 0, 128)),
      "U32 values are read as int32 and must fit it, got 2147483648 (tensor 'x', element 1)",
    ],
    [
      'a BOOL of 2',
      craft(`{"x":${row('BOOL', [1], 0, 1)}}`, bytes(2)),
      "BOOL bytes must be 0 or 1, got 2 (tensor 'x', element 0)",
    ],
  ];
  it.each(cases)('%s', (_, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(FormatError);
    expect(() => decodeSafetensors(file)).toThrow(message);
  });

  it('a long dtype without repeating all of it', () => {
    const file = craft(`{"x":{"dtype":"${'F'.repeat(1e6)}"}}`);
    expect(() => decodeSafetensors(file)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,300}$/) }));
  });

  it('a deeply nested header in good time', () => {
    const file = craft(`{"x":${'['.repeat(1e6)}${']'.repeat(1e6)}}`);
    expect(() => decodeSafetensors(file)).toThrow(FormatError);
  });
});
