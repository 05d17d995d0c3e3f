import { FormatError, type HostTensor } from '@dl/kernels';
import { decodeImage } from '../images/decode-image.ts';
import type { Rle } from '../masks/rle.ts';
import { rleArea } from '../masks/rle-area.ts';
import { rleToBox } from '../masks/rle-to-box.ts';
import type { AnnotatedObject } from './annotated-object.ts';

/** Most objects of one map: more than an image has, fewer than its pixels may say. */
const maxObjects = 65_535;

/**
 * The runs of each object of a map that has its number at each of its pixels, by number. One walk finds all of them.
 *
 * @param map - `[h, w]`, integers; 0 is background
 */
export function labelMapRles(op: string, { shape, data }: HostTensor): ReadonlyMap<number, Rle> {
  const [height, width] = shape;
  const open = new Map<number, { readonly counts: number[]; end: number }>();
  let at = 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++, at++) {
      const value = data[y * width + x];
      if (value === 0) continue;
      let found = open.get(value);
      if (found === undefined) {
        if (open.size === maxObjects) throw new FormatError(op, `a map must have at most ${maxObjects} objects, got more`);
        found = { counts: [], end: -1 };
        open.set(value, found);
      }
      const { counts } = found;
      if (found.end === at) counts[counts.length - 1]++;
      else counts.push(at - Math.max(found.end, 0), 1);
      found.end = at + 1;
    }
  }
  const rles = Array.from(open, ([value, { counts, end }]): [number, Rle] => {
    if (end < at) counts.push(at - end);
    return [value, { size: [height, width], counts }];
  });
  return new Map(rles.sort(([a], [b]) => a - b));
}

/** An object with the pixels, the area and the box of its mask. */
export function objectOfMask(rle: Rle, label: number): AnnotatedObject {
  return { box: rleToBox(rle), label, area: rleArea(rle), iscrowd: false, segmentation: rle };
}

/**
 * A map that a PNG file has, its numbers as they are stored: indices of a palette, or grey of up to 16 bits.
 *
 * @param image - `[c, h, w]`, of the size that the map must have
 * @returns int32 `[h, w]`
 */
export async function readLabelMap(op: string, bytes: Uint8Array, image: HostTensor, file: string): Promise<HostTensor> {
  try {
    const { shape, data } = await decodeImage(bytes, { samples: 'stored' });
    const [channels, height, width] = shape;
    if (channels !== 1) throw new FormatError(op, `a map must have a palette or be grey, got ${channels} channels`);
    if (height !== image.shape[1] || width !== image.shape[2]) {
      throw new FormatError(
        op,
        `a map must have the size of its image, ${image.shape.slice(1).join(' × ')}, got ${height} × ${width}`,
      );
    }
    return { shape: [height, width], dtype: 'int32', data: Int32Array.from(data) };
  } catch (error) {
    throw error instanceof FormatError ? error.within(file) : error;
  }
}
