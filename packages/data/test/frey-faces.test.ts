import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '@dl/kernels';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeMat } from '../src/formats/decode-mat.ts';
import { DatasetUnavailableError, freyFaces } from '../src/index.ts';
import golden from './golden/frey.json' with { type: 'json' };

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(base64, 'base64'));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-frey-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('freyFaces', () => {
  it.each(['plain', 'compressed'] as const)('reads a %s matrix, a column a face', async (kind) => {
    await writeFile(join(root, 'frey_rawface.mat'), bytesOf(golden[kind]));
    const faces = await freyFaces({ directory: root });
    expect([faces.size, faces.get(0).x.shape]).toEqual([3, [1, 28, 20]]);
    const expected = Float32Array.from({ length: 560 }, (_, pixel) => ((7 * (3 * pixel + 2)) % 251) / 255);
    expect(faces.get(2).x.data).toEqual(expected);
  });

  it('refuses another matrix, and says what it missed', async () => {
    await expect(freyFaces({ directory: root })).rejects.toThrow(DatasetUnavailableError);
    const path = join(root, 'frey_rawface.mat');
    const turned = bytesOf(golden.plain);
    const view = new DataView(turned.buffer);
    view.setInt32(160, 3, true);
    view.setInt32(164, 560, true);
    await writeFile(path, turned);
    await expect(freyFaces({ directory: root })).rejects.toThrow(`the matrix must be 560 x frames, got 3 x 560 (ff) in ${path}`);
    await writeFile(path, new Uint8Array(200));
    await expect(freyFaces({ directory: root })).rejects.toThrow('got 200 bytes of another file');
  });

  it('throws nothing but FormatError, whatever is cut or changed', async () => {
    const changes = fc.array(fc.tuple(fc.nat(250), fc.nat(255)), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('plain', 'compressed'), fc.nat(2000), changes, async (kind, length, changed) => {
        const bytes = bytesOf(golden[kind]).slice(0, length);
        for (const [at, byte] of changed) if (at < bytes.length) bytes[at] = byte;
        await decodeMat('test', bytes, 2 ** 12).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
      }),
      { numRuns: 200 },
    );
  });
});
