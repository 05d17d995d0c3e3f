import { ArgumentError, createTypedArray, formatShape, type HostTensor, ShapeError } from '@dl/kernels';
import type { DetectionSample } from './detection-sample.ts';

/** Images of one batch as one array, and what is in each. */
export interface DetectionBatch<S> {
  /** `[n, c, h, w]`, of the largest height and the largest width: smaller images have zeros to the right and below. */
  readonly images: HostTensor;
  /** Of each image before that. */
  readonly sizes: ReadonlyArray<readonly [height: number, width: number]>;
  /** The items without their images: boxes and masks stay right, since images are filled up to the right and below. */
  readonly targets: ReadonlyArray<Omit<S, 'image'>>;
}

/**
 * Makes a batch of images that differ in size and in their number of objects: a `collate` for {@link DataLoader}. The images become one tensor,
 * the rest stays arrays, an item each.
 *
 * @param samples - at least one
 * @throws {@link ShapeError} when the images differ in channels or dtype, or are not `[c, h, w]`
 * @throws {@link ArgumentError} when there is none
 * @example
 * const scenes = shapes({ size: 10, seed: 1 });
 * collateDetections([await scenes.get(0), await scenes.get(1)]).images.shape // [2, 3, 64, 64]
 * const loader = new DataLoader(scenes, { batchSize: 4, collate: collateDetections });
 * for await (const { images, targets } of loader) console.log(images.shape, targets[0].boxes.data);
 */
export function collateDetections<S extends Pick<DetectionSample, 'image'>>(samples: readonly S[]): DetectionBatch<S> {
  const op = 'collateDetections';
  if (samples.length === 0) throw new ArgumentError(op, 'there must be a sample, got none');
  const all = samples.map(({ image }) => image);
  const [{ shape, dtype }] = all;
  const channels = shape[0];
  for (const image of all) {
    if (image.shape.length !== 3 || image.shape[0] !== channels || image.dtype !== dtype) {
      const [a, b] = [all[0], image].map((one) => `${one.dtype} ${formatShape(one.shape)}`);
      throw new ShapeError(op, `images must be [c, h, w] of equal channels and dtype, got ${a} and ${b}`);
    }
  }
  const height = Math.max(...all.map((image) => image.shape[1]));
  const width = Math.max(...all.map((image) => image.shape[2]));
  const data = createTypedArray(dtype, all.length * channels * height * width);
  all.forEach((image, i) => {
    copyInto(data, i * channels * height * width, height, width, image);
  });
  return {
    images: { shape: [all.length, channels, height, width], dtype, data },
    sizes: all.map((image) => [image.shape[1], image.shape[2]]),
    targets: samples.map(({ image: _, ...target }) => target),
  };
}

function copyInto(
  out: HostTensor['data'],
  begin: number,
  height: number,
  width: number,
  { shape: [c, h, w], data }: HostTensor,
): void {
  for (let row = 0; row < c * h; row++) {
    const to = begin + Math.floor(row / h) * height * width + (row % h) * width;
    out.set(data.subarray(row * w, (row + 1) * w), to);
  }
}
