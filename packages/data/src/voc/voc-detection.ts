import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import { checkIndex } from '../datasets/check-index.ts';
import { targetsOf } from '../detection/annotated-object.ts';
import { type Box, boxArea, clipBox } from '../detection/box.ts';
import type { DetectionDataset, DetectionSample } from '../detection/detection-sample.ts';
import { bytesReader, imageReader } from '../detection/image-source.ts';
import { checkInvalid, type InvalidRule } from '../detection/invalid-objects.ts';
import { remember } from '../loader/workers/recipe.ts';
import { decodeVocAnnotation, type VocAnnotation, type VocObject, type VocPart } from './decode-voc-annotation.ts';
import { purposes, readVocList, type VocOptions, vocClassNames } from './voc-folder.ts';

/** Options of {@link vocDetection}. */
export interface VocDetectionOptions extends VocOptions {
  /** Default: the 20 classes of Pascal VOC. */
  readonly classNames?: readonly string[] | undefined;
  /** Only images that the list of this class marks as having it, `ImageSets/Main/<class>_<split>.txt`. Default: all of the split. */
  readonly containing?: string | undefined;
  /**
   * Whether objects without an area inside of their image are refused, or left out and listed in `dropped`: those whose `xmax` is not above
   * their `xmin`, or `ymax` above `ymin`, too. Default `'refuse'`.
   */
  readonly invalid?: InvalidRule | undefined;
}

/** An image of Pascal VOC and its objects. */
export interface VocSample extends DetectionSample {
  readonly imageId: string;
  /** bool `[n]`: whether an object is so hard to see that detectors are not blamed for missing it. */
  readonly difficult: HostTensor;
  /** bool `[n]`: whether the image or the box cuts something off. */
  readonly truncated: HostTensor;
  /** bool `[n]`: whether other things hide some of it. */
  readonly occluded: HostTensor;
  /** Of each object, such as the head of a person. */
  readonly parts: ReadonlyArray<readonly VocPart[]>;
}

/** Images with objects, as {@link vocDetection} reads them. */
export interface VocDataset extends DetectionDataset<VocSample> {
  /** Objects that were left out, and why. */
  readonly dropped: readonly string[];
}

/**
 * The boxes of Pascal VOC, or of any dataset in its folders: `ImageSets/Main/<split>.txt` names the images, `Annotations/<name>.xml` has the
 * objects of each, `JPEGImages/<name>.jpg` is read and decoded when it is taken. In Node only; {@link decodeVocAnnotation} reads a file anywhere, and
 * says how its boxes become edges of pixels. They are cut at the edges of the image; the area of an object is that of its box.
 *
 * @throws {@link DatasetUnavailableError} when a file is missing
 * @throws {@link FormatError} when one is malformed, an object is of no class or has no area, or an image has another size than its annotation says
 * @example
 * const available = await vocDetection({ directory: 'VOCdevkit/VOC2012', split: 'train' }).catch(() => undefined);
 * available?.classNames[14] ?? 'person' // 'person'
 * @see Everingham et al., The Pascal visual object classes challenge, 2010
 */
export async function vocDetection(options: VocDetectionOptions): Promise<VocDataset> {
  const op = 'vocDetection';
  const { directory, split, classNames = vocClassNames, containing, invalid = 'refuse' } = options;
  if (containing !== undefined && !classNames.includes(containing)) {
    throw new ArgumentError(op, `containing must be one of ${classNames.join(', ')}, got ${containing}`);
  }
  const names = await readVocList(op, directory, `Main/${containing === undefined ? split : `${containing}_${split}`}`);
  const annotations = await readAnnotations(op, directory, names);
  const dropped: string[] = [];
  const images = annotations.map(({ height, width, objects }, i) => {
    const kept = objects.flatMap((object) => {
      const label = labelOf(op, object, classNames, names[i]);
      const box = clipBox(object.box, width, height);
      if (hasArea(object.box) && boxArea(box) > 0) return [{ ...object, box, label }];
      const [x0, y0, x1, y1] = object.box;
      dropped.push(`${fileOf(names[i])} has a ${object.name} with box ${x0 + 1}, ${y0 + 1}, ${x1}, ${y1}`);
      return [];
    });
    return { size: [height, width] as const, objects: kept };
  });
  checkInvalid(op, invalid, dropped);
  const read = imageReader(op, `${directory}/JPEGImages`);
  const dataset: VocDataset = {
    size: names.length,
    classNames,
    dropped,
    split: purposes[split],
    source: directory,
    async get(index) {
      checkIndex(op, index, names.length);
      const { size, objects } = images[index];
      const flags = (key: 'difficult' | 'truncated' | 'occluded'): HostTensor => ({
        shape: [objects.length],
        dtype: 'bool',
        data: Uint8Array.from(objects, (object) => Number(object[key])),
      });
      return {
        image: await read(`${names[index]}.jpg`, size),
        ...targetsOf(objects.map(({ box, label }) => ({ box, label, area: boxArea(box), iscrowd: false }))),
        imageId: names[index],
        difficult: flags('difficult'),
        truncated: flags('truncated'),
        occluded: flags('occluded'),
        parts: objects.map(({ parts }) => parts),
      };
    },
  };
  return remember(dataset, 'vocDetection', () => [options]);
}

function fileOf(name: string): string {
  return `Annotations/${name}.xml`;
}

function labelOf(op: string, object: VocObject, classNames: readonly string[], name: string): number {
  const label = classNames.indexOf(object.name);
  if (label < 0) {
    throw new FormatError(
      op,
      `objects must be of ${classNames.join(', ')}, got ${object.name} in ${fileOf(name)} (pass classNames)`,
    );
  }
  return label;
}

/** Whether the last pixel of a box is not the first, as the file counts: one where it is comes of a click, and not of an object. */
function hasArea([x0, y0, x1, y1]: Box): boolean {
  return x1 - x0 > 1 && y1 - y0 > 1;
}

/** Files that are read at a time. */
const atOnce = 32;

async function readAnnotations(op: string, directory: string, names: readonly string[]): Promise<readonly VocAnnotation[]> {
  const read = bytesReader(op, directory);
  const annotations: VocAnnotation[] = [];
  for (let i = 0; i < names.length; i += atOnce) {
    const some = names.slice(i, i + atOnce).map(async (name) => {
      const text = new TextDecoder().decode(await read(fileOf(name)));
      return decodeVocAnnotation(text).catch((error: unknown) => {
        throw error instanceof FormatError ? error.within(fileOf(name)) : error;
      });
    });
    annotations.push(...(await Promise.all(some)));
  }
  return annotations;
}
