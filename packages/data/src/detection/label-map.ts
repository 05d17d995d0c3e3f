import { FormatError, type HostTensor } from '@dl/kernels';
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
