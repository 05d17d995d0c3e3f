import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { checkIndex } from '../datasets/check-index.ts';
import { Digest } from '../datasets/digest.ts';
import type { ImageSample, Normalization } from '../datasets/image-dataset.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { type DecodeImageOptions, decodeImage } from '../images/decode-image.ts';
import { remember } from '../loader/workers/recipe.ts';
import type { FloatImage } from '../transforms/float-image.ts';
import { normalize } from '../transforms/normalization/normalize.ts';
import { checkFit, type FitImageOptions, fitImage } from './fit-image.ts';

/** What is made of the files of an {@link ImageFileDataset}. */
export interface ImageFileOptions
  extends FitImageOptions,
    Pick<DecodeImageOptions, 'applyExifOrientation' | 'maxPixels' | 'decoder'> {
  /** 3 RGB, 1 grey. Default 3. */
  readonly channels?: 1 | 3 | undefined;
  /** Default: mean 0 and deviation 1, so numbers in [0, 1]. */
  readonly normalize?: Normalization | undefined;
}

/** An image file and its class. */
export interface ImageFileEntry {
  /** A path, in Node; or the bytes, such as a `File` that a user of a page has chosen. */
  readonly file: string | Blob;
  /** Index of the class. */
  readonly label: number;
}

/** What an {@link ImageFileDataset} is made of. */
export interface ImageFileInit extends ImageFileOptions {
  readonly entries: readonly ImageFileEntry[];
  /** What the classes are called; a label is an index into it. */
  readonly classNames: readonly string[];
  /** What the images are for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
  /** Where the images come from, in words for a reader. */
  readonly source: string;
}

const op = 'ImageFileDataset';

/** A picture's file has less. */
const maxFileBytes = 2 ** 28;

/**
 * PNG and JPEG files with a class each, read and decoded when they are taken: x float32 `[c, h, w]`. They can be stacked when they are of one
 * size, or `resize` and `centerCrop` make them so.
 *
 * @example
 * const picture = await encodePng({ shape: [1, 1, 2], dtype: 'uint8', data: new Uint8Array([0, 255]) });
 * const images = new ImageFileDataset({
 *   entries: [{ file: new Blob([picture]), label: 1 }], classNames: ['a', 'b'], channels: 1, source: 'by hand',
 * });
 * (await images.get(0)).x.data // Float32Array [0, 1]
 */
export class ImageFileDataset implements Dataset<ImageSample> {
  /** How many images there are. */
  readonly size: number;
  /** The files, by image. */
  readonly files: readonly (string | Blob)[];
  /** What the classes are called. */
  readonly classNames: readonly string[];
  /** Class index by image. */
  readonly labels: Int32Array;
  /** Where the images come from, in words for a reader. */
  readonly source: string;
  /** What they are for, such as `'train'` or `'test'`, where that is known. */
  readonly split: string | undefined;
  readonly #options: ImageFileOptions;
  readonly #normalize: ((image: HostTensor) => FloatImage) | undefined;

  /** @throws {@link ArgumentError} when a label is no index of `classNames`, or a size is not of positive integers */
  constructor(init: ImageFileInit) {
    const { entries, classNames, split, source, ...options } = init;
    checkFit(op, options);
    remember(this, 'imageFiles', () => [init]);
    this.size = entries.length;
    this.files = entries.map(({ file }) => file);
    this.labels = Int32Array.from(entries, ({ label }) => label);
    this.classNames = classNames;
    this.source = source;
    this.split = split;
    this.#options = options;
    this.#normalize = options.normalize && normalize(options.normalize);
    const bad = entries.findIndex(({ label }) => !Number.isInteger(label) || label < 0 || label >= classNames.length);
    if (bad >= 0) {
      throw new ArgumentError(op, `labels must be integers below ${classNames.length}, got ${entries[bad].label} (image ${bad})`);
    }
  }

  /**
   * The pixels of image `index` as its file has them, for a picture: uint8 `[c, h, w]`.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   * @throws {@link FormatError} when the file is not a sound image
   */
  async pixels(index: number): Promise<HostTensor> {
    checkIndex(op, index, this.size);
    const { channels = 3, applyExifOrientation, maxPixels, decoder } = this.#options;
    try {
      return await decodeImage(await this.#read(index), { channels, applyExifOrientation, maxPixels, decoder });
    } catch (error) {
      throw error instanceof FormatError ? error.within(this.#nameOf(index)) : error;
    }
  }

  /**
   * Image `index`, resized, cropped and normalised, and its class.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   * @throws {@link FormatError} when the file is not a sound image
   */
  async get(index: number): Promise<ImageSample> {
    const image = fitImage(toFloatImage(await this.pixels(index)), this.#options);
    return { x: this.#normalize?.(image) ?? image, y: this.labels[index] };
  }

  /** A SHA-256 in hexadecimal of the files, the classes and what is made of the files. It reads every file. */
  async checksum(): Promise<string> {
    const digest = new Digest();
    await digest.value(['files', { ...this.#options }, this.classNames, this.labels]);
    for (let index = 0; index < this.size; index++) await digest.value(await this.#read(index));
    return digest.hex();
  }

  async #read(index: number): Promise<Uint8Array> {
    const file = this.files[index];
    if (typeof file === 'string') return readBytes(nodeModules(op), op, file, maxFileBytes);
    if (file.size > maxFileBytes) throw new FormatError(op, `must have at most ${maxFileBytes} bytes, got ${file.size}`);
    return new Uint8Array(await file.arrayBuffer());
  }

  #nameOf(index: number): string {
    const file = this.files[index];
    if (typeof file === 'string') return file;
    return 'name' in file && typeof file.name === 'string' ? file.name : `image ${index}`;
  }
}

/** Bytes as numbers in [0, 1]. */
function toFloatImage({ shape: [channels, height, width], data: bytes }: HostTensor): FloatImage {
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < data.length; i++) data[i] = bytes[i] / 255;
  return { shape: [channels, height, width], dtype: 'float32', data };
}
