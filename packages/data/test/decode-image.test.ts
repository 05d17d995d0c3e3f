import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeImage, encodePng } from '../src/index.ts';
import golden from './golden/images.json' with { type: 'json' };

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));
const sha256 = (data: HostTensor['data']): string => createHash('sha256').update(data).digest('hex');
const fileOf = (name: string): Uint8Array => {
  const row = golden.jpeg.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no ${name}`);
  return bytesOf(row.file);
};

describe('decodeImage of JPEG', () => {
  // jpeg-js reads CMYK: its cosine transform rounds in other places than libjpeg's.
  it.each(golden.jpeg)('$name: the pixels of PIL', async ({ name, file, shape, pixels, grey }) => {
    const image = await decodeImage(bytesOf(file));
    expect([image.shape, image.dtype]).toEqual([shape, 'uint8']);
    const off = (got: ArrayLike<number>, want: Uint8Array): number => Math.max(...want.map((byte, i) => Math.abs(byte - got[i])));
    expect(off(image.data, bytesOf(pixels))).toBeLessThanOrEqual(name === 'CMYK' ? 2 : 0);
    const asGrey = await decodeImage(bytesOf(file), { channels: 1 });
    expect(asGrey.shape).toEqual([1, shape[1], shape[2]]);
    expect(off(asGrey.data, bytesOf(grey))).toBeLessThanOrEqual(name === 'CMYK' ? 2 : 0);
  });

  it.each(golden.orientation)('EXIF orientation $orientation is applied when asked for', async ({ file, shape, pixels }) => {
    const image = await decodeImage(bytesOf(file), { applyExifOrientation: true });
    expect(image).toEqual({ shape, dtype: 'uint8', data: bytesOf(pixels) });
    expect((await decodeImage(bytesOf(file))).shape).toEqual([3, 6, 11]);
  });

  it('leaves no global behind', async () => {
    await decodeImage(fileOf('grey'));
    expect('ImageData' in globalThis).toBe(false);
  });

  it('refuses what is cut off at any place, and still decodes the next', async () => {
    const file = fileOf('progressive');
    for (let length = 2; length < file.length; length += 37) {
      await expect(decodeImage(file.subarray(0, length))).rejects.toThrow(FormatError);
    }
    await expect(decodeImage(file)).resolves.toMatchObject({ shape: [3, 21, 37] });
  });

  it('refuses pixels that are missing though the end is there', async () => {
    const file = fileOf('4:4:4');
    const cut = new Uint8Array([...file.subarray(0, file.length - 400), 0xff, 0xd9]);
    await expect(decodeImage(cut)).rejects.toThrow('decodeImage: must be a sound JPEG file, got: Corrupt JPEG data');
  });

  it('needs one new codec after a broken file, however many images wait', async () => {
    const sound = fileOf('4:2:0');
    await decodeImage(sound);
    const instantiate = vi.spyOn(WebAssembly, 'instantiate');
    const broken = sound.slice();
    const table = broken.findIndex((byte, i) => byte === 0xff && broken[i + 1] === 0xc4);
    broken.fill(0xff, table + 5, table + 21);
    const files = [broken, ...Array.from({ length: 8 }, () => sound)];
    const results = await Promise.allSettled(files.map((file) => decodeImage(file)));
    const count = instantiate.mock.calls.length;
    instantiate.mockRestore();
    expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 8 }, () => 'fulfilled')]);
    expect(count).toBe(1);
  });

  it('refuses by the header what is too large, too short for its pixels, or of another kind', async () => {
    const file = fileOf('4:2:0');
    const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
    const changed = (at: number, ...bytes: readonly number[]): Uint8Array => {
      const copy = file.slice();
      copy.set(bytes, frame + at);
      return copy;
    };
    const refused = [
      [changed(5, 0xff, 0xff, 0xff, 0xff), 'at most maxPixels = 67108864, got 65535 x 65535'],
      [changed(5, 0x1f, 0xff, 0x1f, 0xff), '8191 x 8191 pixels take 32768 bytes at least'],
      [changed(5, 0, 0), 'an image must have pixels, got 37 x 0'],
      [changed(1, 0xc9), 'must be Huffman coded, baseline or progressive (ff c0 to ff c2), got ff c9'],
      [changed(4, 12), 'JPEG samples must have 8 bits, got 12'],
      [changed(9, 2), 'must have 1, 3 or 4 components of 3 bytes, got 2'],
    ] as const;
    for (const [bytes, message] of refused) await expect(decodeImage(bytes)).rejects.toThrow(message);
    await expect(decodeImage(file, { maxPixels: 100 })).rejects.toThrow('at most maxPixels = 100, got 37 x 21 = 777');
  });
});

describe('decodeImage of anything', () => {
  it('refuses files of other formats by name, and none', async () => {
    await expect(decodeImage(new TextEncoder().encode('GIF89a'))).rejects.toThrow('must begin as PNG or JPEG do, got GIF');
    await expect(decodeImage(new Uint8Array(0))).rejects.toThrow('got no bytes');
    await expect(decodeImage(new Uint8Array([1, 2]))).rejects.toThrow('got 01 02');
  });

  it('refuses options that mean nothing', async () => {
    const file = fileOf('grey');
    await expect(decodeImage(file, { samples: 'stored', channels: 3 })).rejects.toThrow(ArgumentError);
    await expect(decodeImage(file, { maxPixels: 0 })).rejects.toThrow('maxPixels must be positive, got 0');
  });

  it('reads a view into a larger or a shared buffer', async () => {
    const file = fileOf('4:2:0');
    const shared = new Uint8Array(new SharedArrayBuffer(file.length + 5)).subarray(5);
    shared.set(file);
    expect(await decodeImage(shared)).toEqual(await decodeImage(file));
    const within = new Uint8Array(file.length + 9).subarray(4, 4 + file.length);
    within.set(file);
    expect(await decodeImage(within)).toEqual(await decodeImage(file));
  });

  it.each(golden.jpeg)('sharp decodes $name, asked to', async ({ file, shape, pixels, name }) => {
    const image = await decodeImage(bytesOf(file), { decoder: 'sharp' });
    expect(image.shape).toEqual(shape);
    const off = bytesOf(pixels).map((byte, i) => Math.abs(byte - image.data[i]));
    expect(Math.max(...off)).toBeLessThanOrEqual(name === 'one pixel' ? 0 : 3);
  });

  it('sharp, too, refuses what is cut off', async () => {
    for (const name of ['4:2:0', 'progressive', 'grey']) {
      const file = fileOf(name);
      const cut = new Uint8Array([...file.subarray(0, file.length - 150), 0xff, 0xd9]);
      await expect(decodeImage(cut, { decoder: 'sharp' })).rejects.toThrow(FormatError);
    }
  });

  it('throws nothing but FormatError, whatever bytes are changed or cut', async () => {
    const png = await encodePng({ shape: [3, 5, 7], dtype: 'uint8', data: Uint8Array.from({ length: 105 }, (_, i) => 7 * i) });
    const files = [fileOf('4:2:0'), fileOf('progressive grey'), fileOf('CMYK'), png];
    const damage = fc.record({
      file: fc.constantFrom(...files),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      changes: fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, cut, changes }) => {
        const bytes = file.slice(0, cut < 0.5 ? file.length : Math.ceil(cut * file.length));
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        await decodeImage(bytes, { maxPixels: 2 ** 16 }).catch((error: unknown) => expect(error).toBeInstanceOf(FormatError));
      }),
      { numRuns: 200 },
    );
  });
});

const suite = process.env.DL_CONFORMANCE_DIR && join(process.env.DL_CONFORMANCE_DIR, 'pngsuite');

describe.skipIf(!suite)('PngSuite (needs DL_CONFORMANCE_DIR)', () => {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(suite ?? '', name)));

  it('reads every sound file as PIL does', async () => {
    const wrong: string[] = [];
    for (const { name, rgba, stored } of golden.pngsuite) {
      const image = await decodeImage(read(name), stored === undefined ? { channels: 4 } : { samples: 'stored' });
      if (sha256(image.data) !== (stored ?? rgba)) wrong.push(name);
    }
    expect(golden.pngsuite.length).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
  });

  it('reads them alike by sharp', async () => {
    for (const { name } of golden.pngsuite.filter((_, i) => i % 4 === 1)) {
      for (const channels of [undefined, 4] as const) {
        const [own, other] = await Promise.all(
          (['portable', 'sharp'] as const).map((decoder) => decodeImage(read(name), { channels, decoder })),
        );
        expect(other, name).toEqual(own);
      }
    }
  });

  it('refuses every corrupt file', async () => {
    const corrupt = readdirSync(suite ?? '').filter((name) => /^x.*png$/.test(name));
    expect(corrupt.length).toBe(14);
    for (const name of corrupt) await expect(decodeImage(read(name)), name).rejects.toThrow(FormatError);
  });
});

const data = process.env.DL_DATA_DIR;

describe.skipIf(!data)('files of others (need DL_DATA_DIR)', () => {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(data ?? '', name)));

  it('photographs have the pixels of PIL', async () => {
    for (const { name, shape, sha256: expected } of golden.photos) {
      const image = await decodeImage(read(name));
      expect([image.shape, sha256(image.data)], name).toEqual([shape, expected]);
    }
  });

  it('label maps of 16 bits keep them', async () => {
    for (const { name, sha256: expected } of golden.labels) {
      const image = await decodeImage(read(name), { samples: 'stored' });
      expect([image.dtype, sha256(image.data)], name).toEqual(['int32', expected]);
    }
  });
});
