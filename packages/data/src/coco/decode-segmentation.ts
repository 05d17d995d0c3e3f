import { FormatError } from '@dl/kernels';
import { checkedCounts } from '../masks/rle-counts.ts';
import type { Segmentation } from '../masks/segmentation.ts';
import type { CocoImage } from './decode-images.ts';
import { JsonRecord } from './json-record.ts';

/** The field `segmentation`, undefined where an annotation has none. Polygons may have less than three corners still. */
export function decodeSegmentation(op: string, record: JsonRecord, image: CocoImage): Segmentation | undefined {
  const value = record.value('segmentation');
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return decodeRuns(op, record, value, image);
  if (value.length === 0) return undefined;
  const sound = value.every((polygon) => Array.isArray(polygon) && polygon.length % 2 === 0 && polygon.every(Number.isFinite));
  if (!sound) throw record.error('segmentation', 'must be lists of x and y, finite numbers, or an object of size and counts');
  return value;
}

function decodeRuns(op: string, record: JsonRecord, value: unknown, { height, width }: CocoImage): Segmentation {
  const runs = new JsonRecord(op, value, `segmentation of ${record.place}`);
  const [h, w] = runs.numbers('size', 2);
  if (h !== height || w !== width) throw record.error('segmentation', `must have the size of its image, [${height}, ${width}]`);
  const counts = runs.value('counts');
  if (typeof counts !== 'string' && !Array.isArray(counts)) throw runs.error('counts', 'must be a list or a string');
  const rle = { size: [h, w], counts } as const;
  try {
    checkedCounts(op, rle);
  } catch (error) {
    throw error instanceof FormatError ? error.within(`segmentation of ${record.place}`) : error;
  }
  return rle;
}
