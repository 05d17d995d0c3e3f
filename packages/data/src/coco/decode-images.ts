import { isInsideName } from '../detection/is-inside-name.ts';
import { anyInteger, type JsonRecord } from './json-record.ts';

/** A row of `images`. */
export interface CocoImage {
  readonly id: number;
  readonly fileName: string;
  readonly height: number;
  readonly width: number;
}

/** The images of a file by id, in the order in which it has them. */
export function decodeImages(root: JsonRecord): ReadonlyMap<number, CocoImage> {
  const images = new Map<number, CocoImage>();
  for (const record of root.list('images')) {
    const id = record.integer('id', anyInteger);
    if (images.has(id)) throw record.error('id', 'must be that of one image');
    const fileName = record.text('file_name');
    if (!isInsideName(fileName)) throw record.error('file_name', 'must lead into the folder of the images');
    images.set(id, { id, fileName, height: record.integer('height', 1), width: record.integer('width', 1) });
  }
  return images;
}

/** The image that a row of `annotations` is about. */
export function imageOf(record: JsonRecord, images: ReadonlyMap<number, CocoImage>): CocoImage {
  const image = images.get(record.integer('image_id', anyInteger));
  if (image === undefined) throw record.error('image_id', 'must be the id of an image');
  return image;
}
