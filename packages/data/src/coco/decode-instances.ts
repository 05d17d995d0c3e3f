import type { AnnotatedObject } from '../detection/annotated-object.ts';
import { type Box, boxArea, clipBox, xywhToXyxy } from '../detection/box.ts';
import { checkInvalid, type InvalidRule } from '../detection/invalid-objects.ts';
import type { Segmentation } from '../masks/segmentation.ts';
import { type CocoImage, decodeImages, imageOf } from './decode-images.ts';
import { decodeSegmentation } from './decode-segmentation.ts';
import { anyInteger, type JsonRecord } from './json-record.ts';

/** What a file of instances says. */
export interface CocoInstances {
  readonly images: readonly CocoImage[];
  /** By image. */
  readonly objects: ReadonlyArray<readonly AnnotatedObject[]>;
  readonly classNames: readonly string[];
  /** Id of the category by label. */
  readonly categoryIds: readonly number[];
  /** Objects that were left out. */
  readonly dropped: readonly string[];
}

/** Checks and sorts a file of instances: https://cocodataset.org/#format-data */
export function decodeInstances(op: string, root: JsonRecord, invalid: InvalidRule): CocoInstances {
  const images = decodeImages(root);
  const categories = decodeCategories(root);
  const labels = new Map(categories.map(({ id }, label) => [id, label]));
  const objects = new Map(Array.from(images.keys(), (id): [number, AnnotatedObject[]] => [id, []]));
  const seen = new Set<number>();
  const dropped: string[] = [];
  let withMask: boolean | undefined;
  for (const record of root.list('annotations')) {
    const id = record.integer('id', anyInteger);
    if (seen.has(id)) throw record.error('id', 'must be that of one annotation');
    seen.add(id);
    const image = imageOf(record, images);
    const { object, problem } = decodeObject(op, record, image, labels);
    if (problem !== undefined) {
      dropped.push(`annotation ${id} of ${image.fileName} has ${problem}`);
      continue;
    }
    withMask ??= object.segmentation !== undefined;
    if (withMask !== (object.segmentation !== undefined)) {
      throw record.error('segmentation', 'must be there for all annotations or for none');
    }
    objects.get(image.id)?.push(object);
  }
  checkInvalid(op, invalid, dropped);
  return {
    images: [...images.values()],
    objects: [...objects.values()],
    classNames: categories.map(({ name }) => name),
    categoryIds: categories.map(({ id }) => id),
    dropped,
  };
}

interface Category {
  readonly id: number;
  readonly name: string;
}

/** By id: the ids of COCO's 80 classes go up to 90, labels have no gaps. */
function decodeCategories(root: JsonRecord): readonly Category[] {
  const categories = new Map<number, Category>();
  for (const record of root.list('categories')) {
    const id = record.integer('id', anyInteger);
    if (categories.has(id)) throw record.error('id', 'must be that of one category');
    categories.set(id, { id, name: record.text('name') });
  }
  return [...categories.values()].sort((a, b) => a.id - b.id);
}

interface Decoded {
  readonly object: AnnotatedObject;
  /** Why the object has no area, if so. */
  readonly problem: string | undefined;
}

function decodeObject(op: string, record: JsonRecord, image: CocoImage, labels: ReadonlyMap<number, number>): Decoded {
  const label = labels.get(record.integer('category_id', anyInteger));
  if (label === undefined) throw record.error('category_id', 'must be the id of a category');
  const [x, y, width, height] = record.numbers('bbox', 4);
  if (width < 0 || height < 0) throw record.error('bbox', 'must have a width and a height of at least 0');
  const iscrowd = record.value('iscrowd') ?? 0;
  if (iscrowd !== 0 && iscrowd !== 1) throw record.error('iscrowd', 'must be 0 or 1');
  const box = clipBox(xywhToXyxy(x, y, width, height), image.width, image.height);
  const segmentation = decodeSegmentation(op, record, image);
  const object = { box, label, area: record.number('area', 0), iscrowd: iscrowd === 1, segmentation };
  return { object, problem: problemOf(box, [x, y, width, height], segmentation) };
}

function problemOf(box: Box, bbox: readonly number[], segmentation: Segmentation | undefined): string | undefined {
  if (boxArea(box) === 0) return `bbox [${bbox.join(', ')}]`;
  const outlines = segmentation !== undefined && !('counts' in segmentation) ? segmentation : [];
  const bad = outlines.find((polygon) => polygon.length < 6);
  return bad && `a polygon of ${bad.length / 2} corners`;
}
