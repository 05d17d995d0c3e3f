import { expect, it } from 'vitest';
import { decodeImage, encodePng } from '../src/index.ts';
import golden from './golden/images.json' with { type: 'json' };

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

it.each(golden.jpeg.filter(({ name }) => name !== 'CMYK'))('JPEG, $name: the bits of Node', async ({ file, shape, pixels }) => {
  expect(await decodeImage(bytesOf(file))).toEqual({ shape, dtype: 'uint8', data: bytesOf(pixels) });
});

it('PNG: what was written is read', async () => {
  const image = { shape: [3, 5, 7], dtype: 'uint8', data: Uint8Array.from({ length: 105 }, (_, i) => 7 * i) } as const;
  expect(await decodeImage(await encodePng(image))).toEqual(image);
});

it('refuses a JPEG that is cut off', async () => {
  const [{ file }] = golden.jpeg;
  await expect(decodeImage(bytesOf(file).subarray(0, 500))).rejects.toThrow('of 500 (truncated?)');
});
