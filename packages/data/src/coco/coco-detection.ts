import { checkIndex } from '../datasets/check-index.ts';
import { targetsOf } from '../detection/annotated-object.ts';
import type { DetectionDataset, DetectionSample } from '../detection/detection-sample.ts';
import { type ImageSource, imageReader } from '../detection/image-source.ts';
import type { InvalidRule } from '../detection/invalid-objects.ts';
import { remember } from '../loader/workers/recipe.ts';
import { decodeInstances } from './decode-instances.ts';
import { type CocoAnnotations, decodeAnnotations } from './read-json.ts';

/** Options of {@link cocoDetection}. */
export interface CocoDetectionOptions {
  /** `instances_val2017.json` and its like: the path, `.gz` too, or what the file holds. */
  readonly annotations: CocoAnnotations;
  /** The folder of the images, or what gets the bytes of one by its `file_name`. */
  readonly images: ImageSource;
  /** What the images are for, such as `'train'`. */
  readonly split?: string | undefined;
  /** Whether objects without an area inside of their image are refused, or left out and listed in `dropped`. Default `'refuse'`. */
  readonly invalid?: InvalidRule | undefined;
}

/** An image of COCO and its objects. */
export interface CocoSample extends DetectionSample {
  readonly imageId: number;
}

/** Images with objects, as {@link cocoDetection} reads them. */
export interface CocoDataset extends DetectionDataset<CocoSample> {
  /** The id of the category that a label stands for. */
  readonly categoryIds: readonly number[];
  /** Objects that were left out, and why. */
  readonly dropped: readonly string[];
}

/**
 * The instances of COCO, or of any dataset in its format: images with boxes, classes, and masks of polygons or runs. Labels count from 0 without
 * gaps, in the order of the categories' ids. Boxes are cut at the edges of the image. An image is read and decoded when it is taken.
 *
 * The annotations are checked as a whole; what is wrong is named with its place and field.
 *
 * @throws {@link DatasetUnavailableError} when there is no such file
 * @throws FormatError when the annotations are malformed, refer to what is not there, or name a file outside of the folder; and an
 *   image that is broken, or not of the size that the annotations say, when it is taken
 * @example
 * const png = await encodePng({ shape: [1, 2, 3], dtype: 'uint8', data: new Uint8Array(6) });
 * const coco = await cocoDetection({
 *   annotations: {
 *     images: [{ id: 7, file_name: 'a.png', height: 2, width: 3 }],
 *     categories: [{ id: 90, name: 'toothbrush' }, { id: 1, name: 'person' }],
 *     annotations: [{ id: 1, image_id: 7, category_id: 90, bbox: [1, 0, 2, 1], area: 2, iscrowd: 0, segmentation: [[1, 0, 3, 0, 3, 1, 1, 1]] }],
 *   },
 *   images: async () => png,
 * });
 * const sample = await coco.get(0);
 * sample.boxes.data // Float32Array [1, 0, 3, 1]
 * coco.classNames[sample.labels.data[0]] // 'toothbrush'
 * instanceMasks(sample.segmentations, [2, 3]).data // Uint8Array [0, 1, 1, 0, 0, 0]
 * @see Lin et al., Microsoft COCO: common objects in context, 2014
 */
export async function cocoDetection(options: CocoDetectionOptions): Promise<CocoDataset> {
  const op = 'cocoDetection';
  const { annotations, images: source, split, invalid = 'refuse' } = options;
  const read = imageReader(op, source);
  const decoded = await decodeAnnotations(op, annotations, (root) => decodeInstances(op, root, invalid));
  const { images, objects, classNames, categoryIds, dropped } = decoded;
  const dataset: CocoDataset = {
    size: images.length,
    classNames,
    categoryIds,
    dropped,
    split,
    source: typeof annotations === 'string' ? annotations : 'annotations by hand',
    async get(index) {
      checkIndex(op, index, images.length);
      const { id, fileName, height, width } = images[index];
      return { image: await read(fileName, [height, width]), ...targetsOf(objects[index]), imageId: id };
    },
  };
  return remember(dataset, 'cocoDetection', () => [options]);
}
