import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type HostTensor } from '../src/index.ts';

const float: HostTensor = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) };
const double: HostTensor = { shape: [1], dtype: 'float64', data: new Float64Array([3]) };
const byte: HostTensor = { shape: [], dtype: 'uint8', data: new Uint8Array([9]) };
const mask: HostTensor = { shape: [2], dtype: 'bool', data: new Uint8Array([0, 1]) };

describe('encodeSafetensors', () => {
  it('lays the file out as the reference writer does: aligned types first, then names, padded by spaces', () => {
    const file = encodeSafetensors(
      [
        ['b', byte],
        ['z', float],
        ['a', float],
        ['m', mask],
        ['d', double],
      ],
      { format: 'pt' },
    );
    const header =
      '{"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},' +
      '"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"z":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},' +
      '"b":{"dtype":"U8","shape":[],"data_offsets":[24,25]},"m":{"dtype":"BOOL","shape":[2],"data_offsets":[25,27]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(new TextDecoder().decode(file.subarray(8, 8 + padded.length))).toBe(padded);
    expect(new DataView(file.buffer).getBigUint64(0, true)).toBe(BigInt(padded.length));
    expect(file.length).toBe(8 + padded.length + 27);
  });

  it('gives the same bytes whatever the order of entries and metadata', () => {
    const one = encodeSafetensors(
      [
        ['a', float],
        ['b', byte],
      ],
      { x: '1', y: '2' },
    );
    const other = encodeSafetensors(
      new Map([
        ['b', byte],
        ['a', float],
      ]),
      { y: '2', x: '1' },
    );
    expect(other).toEqual(one);
  });

  it('writes the elements of a view, not of its whole buffer', () => {
    const view = new Float32Array([7, 8, 9, 10]).subarray(1, 3);
    const file = encodeSafetensors([['x', { shape: [2], dtype: 'float32', data: view }]]);
    expect(decodeSafetensors(file).tensors.get('x')?.data).toEqual(new Float32Array([8, 9]));
  });

  it.each([
    ['a length other than the shape', { ...float, shape: [3] }, ShapeError, "got 2 elements for [3] (tensor 'x')"],
    ['a negative extent', { ...float, shape: [-2] }, ArgumentError, 'extents must be non-negative integers'],
    ['the array of another dtype', { ...float, dtype: 'int32' }, DTypeError, "got Float32Array for int32 (tensor 'x')"],
    ['a bool of 2', { ...mask, data: new Uint8Array([0, 2]) }, ArgumentError, "bool elements must be 0 or 1, got 2 (tensor 'x')"],
  ] as const)('refuses %s', (_, tensor, type, message) => {
    expect(() => encodeSafetensors([['x', tensor]])).toThrow(type);
    expect(() => encodeSafetensors([['x', tensor]])).toThrow(message);
  });

  it.each([
    [
      'a name twice',
      [
        ['x', float],
        ['x', byte],
      ],
      "names must be unique, got 'x' twice",
    ],
    ['the reserved name', [['__metadata__', float]], "must not be named '__metadata__'"],
    ['half a character', [['\ud83d', float]], 'names must be valid Unicode, got a lone surrogate ("\\ud83d")'],
  ] as const)('refuses %s', (_, entries, message) => {
    expect(() => encodeSafetensors(entries)).toThrow(ArgumentError);
    expect(() => encodeSafetensors(entries)).toThrow(message);
  });

  it('refuses metadata that is no text', () => {
    const metadata: Record<string, string> = JSON.parse('{"epoch": 3}');
    expect(() => encodeSafetensors([], metadata)).toThrow("metadata values must be strings, got number ('epoch')");
  });
});
