import { ArgumentError, formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';
import type { Dataset, Stacked } from '../dataset.ts';
import { remember } from '../loader/workers/recipe.ts';
import { shared } from '../loader/workers/shared.ts';
import { checkIndex } from './check-index.ts';
import { Digest } from './digest.ts';

/** An image and its class: what {@link ImageDataset} has. */
export type ImageSample = {
  /** float32 `[c, h, w]`. */
  readonly x: HostTensor;
  /** Index of the class. */
  readonly y: number;
};

/**
 * How pixels become numbers: `(pixel / 255 - mean) / std`, one mean and deviation for all channels or one for each; for {@link normalize},
 * also one for each number of the image.
 */
export interface Normalization {
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];
}

/** What an {@link ImageDataset} is made of. */
export interface ImageDatasetInit {
  /** Bytes of all images, one after the other, each `[c, h, w]`. They are kept, not copied. */
  readonly pixels: Uint8Array;
  /** One class index an image. */
  readonly labels: ArrayLike<number>;
  /** `[c, h, w]`. */
  readonly imageShape: readonly [number, number, number];
  /** What the classes are called; a label is an index into it. */
  readonly classNames: readonly string[];
  /** Default: mean 0 and deviation 1, so numbers in [0, 1]. */
  readonly normalize?: Normalization | undefined;
  /** Where the images come from, in words for a reader. */
  readonly source: string;
  /** What they are for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
  /** Makes the bytes of an image when it is first taken, in its place in `pixels`. Default: they are there already. */
  readonly draw?: ((index: number, pixels: Uint8Array) => void) | undefined;
}

/**
 * Images as bytes in memory with a class each, normalised to float32 when they are taken.
 *
 * @example
 * const images = new ImageDataset({
 *   pixels: new Uint8Array([0, 255, 51, 102]), labels: [1, 0], imageShape: [1, 1, 2], classNames: ['a', 'b'], source: 'by hand',
 * });
 * images.get(0).x.data // Float32Array [0, 1]
 */
export class ImageDataset implements Dataset<ImageSample> {
  /** How many images there are. */
  readonly size: number;
  /** `[c, h, w]`. */
  readonly imageShape: readonly [number, number, number];
  /** What the classes are called. */
  readonly classNames: readonly string[];
  /** Class index by image. */
  readonly labels: Int32Array;
  /** Where the images come from, in words for a reader. */
  readonly source: string;
  /** What they are for, such as `'train'` or `'test'`, where that is known. */
  readonly split: string | undefined;
  readonly #imageLength: number;
  #pixels: Uint8Array;
  readonly #draw: ImageDatasetInit['draw'];
  /** 1 for each image that has been drawn. */
  readonly #drawn: Uint8Array;
  /** A byte b of channel c becomes `values[c][b]`. */
  readonly #values: readonly Float32Array[];

  /**
   * @throws {@link ShapeError} when the pixels are not `labels.length` images
   * @throws {@link ArgumentError} when a label is no index of `classNames`, or the normalisation does not fit the channels
   */
  constructor(init: ImageDatasetInit) {
    const { pixels, labels, imageShape, classNames, normalize = { mean: 0, std: 1 }, source, split, draw } = init;
    if (pixels.length !== labels.length * sizeOf(imageShape)) {
      throw new ShapeError(
        'ImageDataset',
        `pixels must be one image for each label, got ${pixels.length} bytes for ${labels.length} of ${formatShape(imageShape)}`,
      );
    }
    this.size = labels.length;
    this.imageShape = imageShape;
    this.classNames = classNames;
    this.labels = Int32Array.from(labels);
    this.source = source;
    this.split = split;
    this.#imageLength = sizeOf(imageShape);
    this.#pixels = pixels;
    this.#draw = draw;
    this.#drawn = new Uint8Array(draw === undefined ? 0 : this.size);
    const means = perChannel('mean', normalize.mean, imageShape[0]);
    const deviations = perChannel('std', normalize.std, imageShape[0]);
    this.#values = deviations.map((deviation, c) => {
      const scale = 1 / (255 * deviation);
      return Float32Array.from({ length: 256 }, (_, byte) => byte * scale - means[c] / deviation);
    });
    remember(this, 'images', () => [{ ...init, pixels: this.#sharedPixels(), draw: undefined }]);
    const bad = this.labels.findIndex((label) => label < 0 || label >= classNames.length);
    if (bad >= 0) {
      throw new ArgumentError('ImageDataset', `labels must be below ${classNames.length}, got ${labels[bad]} (image ${bad})`);
    }
  }

  /**
   * The bytes of image `index` as they are stored, for a picture: a view of `c * h * w`, of memory that threads share once a loader of these
   * images has workers.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   */
  pixels(index: number): Uint8Array {
    checkIndex('ImageDataset', index, this.size);
    this.#ensureDrawn(index);
    return this.#view(index);
  }

  /**
   * Image `index`, normalised, and its class.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   */
  get(index: number): ImageSample {
    const { x } = this.getBatch([index]);
    return { x: { ...x, shape: this.imageShape }, y: this.labels[index] };
  }

  /** Many images: x float32 `[n, c, h, w]`, y int32 `[n]`. */
  getBatch(indices: ArrayLike<number>): Stacked<ImageSample> {
    const n = indices.length;
    const length = this.#imageLength;
    const x = new Float32Array(n * length);
    const y = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      checkIndex('ImageDataset', indices[i], this.size);
      this.#ensureDrawn(indices[i]);
      this.#normalize(this.#view(indices[i]), x, i * length);
      y[i] = this.labels[indices[i]];
    }
    return { x: { shape: [n, ...this.imageShape], dtype: 'float32', data: x }, y: { shape: [n], dtype: 'int32', data: y } };
  }

  /** A SHA-256 of bytes, classes and normalisation, in hexadecimal. Images that are drawn are all drawn for it. */
  async checksum(): Promise<string> {
    const digest = new Digest();
    await digest.value(['ImageDataset', this.imageShape, this.labels, this.#values]);
    for (let index = 0; index < this.size; index++) await digest.value(this.pixels(index));
    return digest.hex();
  }

  /** All bytes, in memory that threads share where there is such, from now on. */
  #sharedPixels(): Uint8Array {
    for (let index = 0; index < this.size; index++) this.#ensureDrawn(index);
    this.#pixels = shared(this.#pixels);
    return this.#pixels;
  }

  #ensureDrawn(index: number): void {
    if (this.#draw === undefined || this.#drawn[index] === 1) return;
    this.#draw(index, this.#view(index));
    this.#drawn[index] = 1;
  }

  #view(index: number): Uint8Array {
    return this.#pixels.subarray(index * this.#imageLength, (index + 1) * this.#imageLength);
  }

  #normalize(pixels: Uint8Array, out: Float32Array, begin: number): void {
    const plane = this.#imageLength / this.imageShape[0];
    for (let c = 0; c < this.imageShape[0]; c++) lookUp(pixels, c * plane, (c + 1) * plane, this.#values[c], out, begin);
  }
}

function lookUp(pixels: Uint8Array, from: number, to: number, values: Float32Array, out: Float32Array, begin: number): void {
  for (let i = from; i < to; i++) out[begin + i] = values[pixels[i]];
}

function perChannel(name: 'mean' | 'std', value: number | readonly number[], channels: number): readonly number[] {
  const values = typeof value === 'number' ? new Array<number>(channels).fill(value) : value;
  if (values.length !== channels || !values.every(Number.isFinite)) {
    throw new ArgumentError('ImageDataset', `${name} must be one finite number or ${channels}, got [${values.join(', ')}]`);
  }
  if (name === 'std' && Math.min(...values) <= 0) {
    throw new ArgumentError('ImageDataset', `std must be positive, got [${values.join(', ')}]`);
  }
  return values;
}
