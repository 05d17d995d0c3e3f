import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, DlError, FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeSafetensors, type HostTensor, readSafetensors, writeSafetensors } from '../src/index.ts';

const weight: HostTensor = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) };

describe('safetensors files', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dl-io-'));
    path = join(folder, 'weights.safetensors');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await rm(folder, { recursive: true });
  });

  it('are read as they were written, over an older file', async () => {
    await writeFile(path, 'old');
    await writeSafetensors(path, [['w', weight]], { step: '5' });
    expect(await readFile(path)).toEqual(Buffer.from(encodeSafetensors([['w', weight]], { step: '5' })));
    expect(await readSafetensors(path)).toEqual({ tensors: new Map([['w', weight]]), metadata: { step: '5' } });
    expect(await readdir(folder)).toEqual(['weights.safetensors']);
  });

  it('stay as they were where writing fails', async () => {
    await writeFile(path, 'old');
    await expect(
      writeSafetensors(path, [
        ['w', weight],
        ['w', weight],
      ]),
    ).rejects.toThrow(ArgumentError);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['weights.safetensors']);
  });

  it('leave no temporary file where the rename fails', async () => {
    await expect(writeSafetensors(folder, [['w', weight]])).rejects.toThrow();
    expect(await readdir(join(folder, '..'))).not.toContainEqual(expect.stringMatching(new RegExp(`${folder.slice(-6)}.+tmp$`)));
  });

  it('are named in the error when they are broken', async () => {
    await writeFile(path, 'not a tensor in sight');
    await expect(readSafetensors(path)).rejects.toThrow(FormatError);
    await expect(readSafetensors(path)).rejects.toThrow(`in ${path}`);
  });

  it('need the file system of Node', async () => {
    vi.stubGlobal('process', undefined);
    await expect(readSafetensors(path)).rejects.toThrow(DlError);
    await expect(writeSafetensors(path, [])).rejects.toThrow('needs the file system of Node');
  });
});

const shared = process.env.DL_DATA_DIR && join(process.env.DL_DATA_DIR, '../weights/resnet20-cifar10.safetensors');
const foreign = shared && existsSync(shared) ? shared : undefined;

it.skipIf(foreign === undefined)('a ResNet-20 from elsewhere is read bit for bit (DL_DATA_DIR)', async () => {
  const { tensors, metadata } = await readSafetensors(foreign!);
  expect(metadata.format).toBe('pt');
  expect(tensors.get('linear.weight')?.shape).toEqual([10, 64]);
  const elements = Buffer.concat([...tensors.values()].map(({ data }) => Buffer.from(data.buffer)));
  expect(elements.equals((await readFile(foreign!)).subarray(-elements.length))).toBe(true);
  expect(new Float32Array(elements.buffer).every(Number.isFinite)).toBe(true);
});
