import { checkIndex } from '../datasets/check-index.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { remember } from '../loader/workers/recipe.ts';
import { targetsOf } from './annotated-object.ts';
import type { DetectionDataset, DetectionSample } from './detection-sample.ts';
import { bytesReader, imageReader } from './image-source.ts';
import { labelMapRles, objectOfMask, readLabelMap } from './label-map.ts';

/** Options of {@link instanceMaps}. */
export interface InstanceMapsOptions {
  /** The folder of the images. */
  readonly images: string;
  /** The folder of the maps: a PNG file for each image, of the same name but for its ending. */
  readonly maps: string;
  /** What the objects are, all of one class. */
  readonly className: string;
  /** What the images are for, such as `'train'`. */
  readonly split?: string | undefined;
}

/** An image and its objects. */
export interface InstanceMapSample extends DetectionSample {
  /** Name of the file without its ending. */
  readonly imageId: string;
}

/**
 * Images with a map of instances each, as those of cells and their nuclei are: a grey PNG file of 8 or 16 bits, or one with a palette, has 0 for the
 * background and the number of the object at each of its pixels. Masks, boxes and areas are those of the numbers, in ascending order. Both files are
 * read and decoded when an image is taken; images are sorted by name. In Node only.
 *
 * @throws {@link DatasetUnavailableError} when there is no such folder, or a map has no image or no one image
 * @throws FormatError when a file is malformed, or a map is not of the size of its image, when it is taken
 * @example
 * const available = await instanceMaps({ images: 'nuclei/images', maps: 'nuclei/labels', className: 'nucleus' }).catch(() => undefined);
 * available?.classNames[0] ?? 'nucleus' // 'nucleus'
 */
export async function instanceMaps(options: InstanceMapsOptions): Promise<DetectionDataset<InstanceMapSample>> {
  const op = 'instanceMaps';
  const { images, maps, className, split } = options;
  const node = nodeModules(op);
  const mapFiles = (await list(node, op, maps)).filter((file) => node.path.extname(file).toLowerCase() === '.png');
  const imageFiles = await list(node, op, images);
  const stem = (file: string): string => file.slice(0, file.length - node.path.extname(file).length);
  const byStem = new Map<string, string[]>(mapFiles.map((map) => [stem(map), []]));
  for (const file of imageFiles) byStem.get(stem(file))?.push(file);
  const pairs = mapFiles.map((map) => {
    const found = byStem.get(stem(map)) ?? [];
    if (found.length !== 1) {
      throw new DatasetUnavailableError(op, [`${found.length} images for ${map} in ${images}`], 'each map must have one image');
    }
    return { id: stem(map), image: found[0], map };
  });
  const readImage = imageReader(op, images);
  const readMap = bytesReader(op, maps);
  const dataset: DetectionDataset<InstanceMapSample> = {
    size: pairs.length,
    classNames: [className],
    split,
    source: maps,
    async get(index) {
      checkIndex(op, index, pairs.length);
      const pair = pairs[index];
      const image = await readImage(pair.image);
      const map = await readLabelMap(op, await readMap(pair.map), image, pair.map);
      const objects = Array.from(labelMapRles(op, map).values(), (rle) => objectOfMask(rle, 0));
      return { image, ...targetsOf(objects), imageId: pair.id };
    },
  };
  return remember(dataset, 'instanceMaps', () => [options]);
}

async function list({ fs }: NodeModules, op: string, folder: string): Promise<readonly string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) throw new DatasetUnavailableError(op, [`no folder ${folder}`], 'images and maps must be folders');
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}
