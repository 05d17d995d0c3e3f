import type { HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { checkIndex } from '../datasets/check-index.ts';
import { type ImageSource, imageReader } from '../detection/image-source.ts';
import { remember } from '../loader/workers/recipe.ts';
import { type CocoImage, decodeImages, imageOf } from './decode-images.ts';
import type { JsonRecord } from './json-record.ts';
import { type CocoAnnotations, decodeAnnotations } from './read-json.ts';

/** Options of {@link cocoCaptions}. */
export interface CocoCaptionsOptions {
  /** `captions_val2017.json` and its like: the path, `.gz` too, or what the file holds. */
  readonly annotations: CocoAnnotations;
  /** The folder of the images, or what gets the bytes of one by its `file_name`. */
  readonly images: ImageSource;
  /** What the images are for, such as `'train'`. */
  readonly split?: string | undefined;
}

/** An image and what people say of it. */
export interface CaptionSample {
  /** float32 `[3, h, w]`, in [0, 1]. */
  readonly image: HostTensor;
  readonly captions: readonly string[];
  readonly imageId: number;
}

/**
 * The captions of COCO, or of any dataset in its format: images with sentences about each. {@link collateDetections} makes batches of them.
 *
 * @throws {@link DatasetUnavailableError} when there is no such file
 * @throws FormatError when the annotations are malformed, refer to what is not there, or name a file outside of the folder; and an image
 *   that is broken, or not of the size that the annotations say, when it is taken
 * @example
 * const png = await encodePng({ shape: [1, 2, 3], dtype: 'uint8', data: new Uint8Array(6) });
 * const coco = await cocoCaptions({
 *   annotations: {
 *     images: [{ id: 7, file_name: 'a.png', height: 2, width: 3 }],
 *     annotations: [{ id: 1, image_id: 7, caption: 'A black cat in a tunnel.' }],
 *   },
 *   images: async () => png,
 * });
 * (await coco.get(0)).captions // ['A black cat in a tunnel.']
 */
export async function cocoCaptions(options: CocoCaptionsOptions): Promise<Dataset<CaptionSample>> {
  const op = 'cocoCaptions';
  const { annotations, images: source, split } = options;
  const read = imageReader(op, source);
  const captioned = await decodeAnnotations(op, annotations, decodeCaptions);
  const dataset: Dataset<CaptionSample> = {
    size: captioned.length,
    split,
    async get(index) {
      checkIndex(op, index, captioned.length);
      const { id, fileName, height, width, captions } = captioned[index];
      return { image: await read(fileName, [height, width]), captions, imageId: id };
    },
  };
  return remember(dataset, 'cocoCaptions', () => [options]);
}

interface CaptionedImage extends CocoImage {
  readonly captions: readonly string[];
}

function decodeCaptions(root: JsonRecord): readonly CaptionedImage[] {
  const images = decodeImages(root);
  const captions = new Map(Array.from(images.keys(), (id): [number, string[]] => [id, []]));
  for (const record of root.list('annotations')) captions.get(imageOf(record, images).id)?.push(record.text('caption'));
  return Array.from(images.values(), (image) => ({ ...image, captions: captions.get(image.id) ?? [] }));
}
