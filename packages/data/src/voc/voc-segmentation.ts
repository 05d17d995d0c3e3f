import { FormatError, type HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { checkIndex } from '../datasets/check-index.ts';
import { bytesReader, imageReader } from '../detection/image-source.ts';
import { readLabelMap } from '../detection/label-map.ts';
import { remember } from '../loader/workers/recipe.ts';
import { purposes, readVocList, type VocOptions, vocClassNames } from './voc-folder.ts';

/** Options of {@link vocSegmentation}. */
export interface VocSegmentationOptions extends VocOptions {
  /** Without the background. Default: the 20 classes of Pascal VOC. */
  readonly classNames?: readonly string[] | undefined;
}

/** An image and what each of its pixels shows. */
export interface SegmentationSample {
  /** float32 `[3, h, w]`, in [0, 1]. */
  readonly image: HostTensor;
  /** int32 `[h, w]`: 0 for the background, else a class from 1; 255 at edges, where it is not said: the `ignoreIndex` of a loss. */
  readonly classMap: HostTensor;
  /** int32 `[h, w]`: 0 for the background, else the number of the object from 1; 255 at edges. */
  readonly objectMap: HostTensor;
  /** What the dataset calls the image. */
  readonly imageId: string;
}

/** Images with a class a pixel, as {@link vocSegmentation} reads them. */
export interface SegmentationDataset extends Dataset<SegmentationSample> {
  /** What the classes are called, `'background'` first. */
  readonly classNames: readonly string[];
  /** Where the images come from, in words for a reader. */
  readonly source: string;
}

/** What is neither background nor a class. */
const voidClass = 255;

/**
 * The segmentations of Pascal VOC, or of any dataset in its folders: `ImageSets/Segmentation/<split>.txt` names the images, of which
 * `SegmentationClass/<name>.png` has the class of each pixel as an index of its palette, `SegmentationObject` the object. Files are read and
 * decoded when an image is taken. In Node only.
 *
 * @throws {@link DatasetUnavailableError} when a file is missing
 * @throws {@link FormatError} when one is malformed, or not of the size of its image, or has an index of no class
 * @example
 * const available = await vocSegmentation({ directory: 'VOCdevkit/VOC2012', split: 'val' }).catch(() => undefined);
 * available?.classNames[15] ?? 'person' // 'person'
 * @see Everingham et al., The Pascal visual object classes challenge, 2010
 */
export async function vocSegmentation(options: VocSegmentationOptions): Promise<SegmentationDataset> {
  const op = 'vocSegmentation';
  const { directory, split, classNames = vocClassNames } = options;
  const names = await readVocList(op, directory, `Segmentation/${split}`);
  const read = imageReader(op, `${directory}/JPEGImages`);
  const readBytes = bytesReader(op, directory);
  const dataset: SegmentationDataset = {
    size: names.length,
    classNames: ['background', ...classNames],
    split: purposes[split],
    source: directory,
    async get(index) {
      checkIndex(op, index, names.length);
      const name = names[index];
      const image = await read(`${name}.jpg`);
      const map = async (folder: string): Promise<HostTensor> => {
        const file = `${folder}/${name}.png`;
        return readLabelMap(op, await readBytes(file), image, file);
      };
      const classMap = await map('SegmentationClass');
      const bad = classMap.data.findIndex((value) => value > classNames.length && value !== voidClass);
      if (bad >= 0) {
        throw new FormatError(
          op,
          `classes must be at most ${classNames.length}, or ${voidClass}, got ${classMap.data[bad]} (pixel ${bad}) in SegmentationClass/${name}.png`,
        );
      }
      return { image, classMap, objectMap: await map('SegmentationObject'), imageId: name };
    },
  };
  return remember(dataset, 'vocSegmentation', () => [options]);
}
