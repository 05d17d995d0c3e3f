import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, DisposedError, FormatError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { encodeSafetensors, openSafetensors } from '../src/index.ts';
import { craft, row } from './craft.ts';

const weight = { shape: [2, 2], dtype: 'float32', data: new Float32Array([1, 2, 3, 4]) } as const;
const mask = { shape: [3], dtype: 'bool', data: new Uint8Array([1, 0, 1]) } as const;
const bytes = encodeSafetensors(
  [
    ['w', weight],
    ['m', mask],
  ],
  { step: '5' },
);

describe('openSafetensors', () => {
  it.each([
    ['bytes', bytes],
    ['a view into larger bytes', Buffer.concat([Buffer.from([1, 2, 3]), bytes]).subarray(3)],
    ['a Blob', new Blob([bytes])],
  ])('reads tensors by name from %s', async (_, source) => {
    const file = await openSafetensors(source);
    expect(file.names).toEqual(['w', 'm']);
    expect(file.metadata).toEqual({ step: '5' });
    expect(file.info('w')).toEqual({ shape: [2, 2], dtype: 'float32' });
    expect(await file.get('m')).toEqual(mask);
    expect(await file.get('w')).toEqual(weight);
    await file.close();
  });

  it('reads of a Blob the header and what was asked for, no more', async () => {
    const ranges: [number, number][] = [];
    class Watched extends Blob {
      override slice(begin: number, end: number): Blob {
        ranges.push([begin, end]);
        return super.slice(begin, end);
      }
    }
    const file = await openSafetensors(new Watched([bytes]));
    await file.get('m');
    const data = bytes.length - 19;
    expect(ranges).toEqual([
      [0, 8],
      [8, data],
      [data + 16, data + 19],
    ]);
  });

  it('says the dtype that a tensor is read as', async () => {
    const file = await openSafetensors(craft(`{"x":${row('I16', [1], 0, 2)}}`, new Uint8Array([0xfe, 0xff])));
    expect(file.info('x')).toEqual({ shape: [1], dtype: 'int32' });
    expect((await file.get('x')).data).toEqual(new Int32Array([-2]));
  });

  it('refuses names that the file does not have, and reading after close', async () => {
    const file = await openSafetensors(bytes);
    await expect(file.get('v')).rejects.toThrow(ArgumentError);
    expect(() => file.info('v')).toThrow("openSafetensors: name must be one of the file's 2 tensors, got 'v'");
    await file.close();
    await file.close();
    await expect(file.get('w')).rejects.toThrow(DisposedError);
  });

  it('names the file in what is wrong with it, when it is opened and later', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dl-io-open-'));
    const path = join(folder, 'x.safetensors');
    await writeFile(path, 'no tensor in sight');
    await expect(openSafetensors(path)).rejects.toThrow(new RegExp(`^openSafetensors: header length .* in ${path}$`));
    await writeFile(path, craft(`{"x":${row('BOOL', [1], 0, 1)}}`, new Uint8Array([7])));
    const file = await openSafetensors(path);
    await expect(file.get('x')).rejects.toThrow(`BOOL bytes must be 0 or 1, got 7 (tensor 'x', element 0) in ${path}`);
    await truncate(path, 9);
    await expect(file.get('x')).rejects.toThrow(FormatError);
    await file.close();
    await rm(folder, { recursive: true });
  });
});
