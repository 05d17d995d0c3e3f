import { ArgumentError, formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';
import type { Dataset, Stacked } from '../dataset.ts';
import { checkIndex } from './check-index.ts';

/** An image and its class: what {@link ImageDataset} has. */
export type ImageSample = {
  /** float32 `[c, h, w]`. */
  readonly x: HostTensor;
  /** Index of the class. */
  readonly y: number;
};

/** How pixels become numbers: `(pixel / 255 - mean) / std`, one mean and deviation for all channels or one for each. */
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
  readonly #pixels: Uint8Array;
  /** The number that each of 256 bytes becomes, channel by channel. */
  readonly #values: Float32Array;

  /**
   * @throws {@link ShapeError} when the pixels are not `labels.length` images
   * @throws {@link ArgumentError} when a label is no index of `classNames`, or the normalisation does not fit the channels
   */
  constructor({ pixels, labels, imageShape, classNames, normalize = { mean: 0, std: 1 }, source }: ImageDatasetInit) {
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
    this.#pixels = pixels;
    this.#values = byteValues(imageShape[0], normalize);
    const bad = this.labels.findIndex((label) => label < 0 || label >= classNames.length);
    if (bad >= 0) {
      throw new ArgumentError('ImageDataset', `labels must be below ${classNames.length}, got ${labels[bad]} (image ${bad})`);
    }
  }

  /**
   * The bytes of image `index` as they are stored, for a picture: a view of `c * h * w`.
   *
   * @throws {@link ArgumentError} for an index outside of the dataset
   */
  pixels(index: number): Uint8Array {
    checkIndex('ImageDataset', index, this.size);
    const length = sizeOf(this.imageShape);
    return this.#pixels.subarray(index * length, (index + 1) * length);
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
    const length = sizeOf(this.imageShape);
    const x = new Float32Array(n * length);
    const y = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      checkIndex('ImageDataset', indices[i], this.size);
      this.#normalize(indices[i] * length, x, i * length);
      y[i] = this.labels[indices[i]];
    }
    return { x: { shape: [n, ...this.imageShape], dtype: 'float32', data: x }, y: { shape: [n], dtype: 'int32', data: y } };
  }

  #normalize(from: number, out: Float32Array, to: number): void {
    const pixels = this.#pixels;
    const values = this.#values;
    const [channels, height, width] = this.imageShape;
    const plane = height * width;
    for (let c = 0; c < channels; c++) {
      for (let i = c * plane; i < (c + 1) * plane; i++) out[to + i] = values[256 * c + pixels[from + i]];
    }
  }
}

function byteValues(channels: number, { mean, std }: Normalization): Float32Array {
  const means = perChannel('mean', mean, channels);
  const deviations = perChannel('std', std, channels);
  const zero = deviations.find((deviation) => !(deviation > 0));
  if (zero !== undefined) throw new ArgumentError('ImageDataset', `std must be positive, got ${zero}`);
  return Float32Array.from({ length: channels * 256 }, (_, i) => ((i % 256) / 255 - means[i >> 8]) / deviations[i >> 8]);
}

function perChannel(name: string, value: number | readonly number[], channels: number): readonly number[] {
  const values = typeof value === 'number' ? new Array<number>(channels).fill(value) : value;
  if (values.length !== channels || !values.every(Number.isFinite)) {
    throw new ArgumentError('ImageDataset', `${name} must be one finite number or ${channels}, got [${values.join(', ')}]`);
  }
  return values;
}
