import type { HostTensor } from '@dl/kernels';
import type { FloatImage } from './float-image.ts';
import type { SampleRandom } from './sample-random.ts';

/** Makes an image `[c, h, w]` of another, with random numbers that belong to it. */
export type ImageTransform = (image: HostTensor, random: SampleRandom) => FloatImage;

/** Makes a batch of another: what the `transform` of a {@link DataLoader} is. `randoms` has one source for each item. */
export type BatchTransform<H> = (batch: H, randoms: readonly SampleRandom[]) => H;

/** Images with their classes, as an {@link ImageDataset} stacks them. */
export interface ImageBatch {
  /** float32 `[n, c, h, w]`. */
  readonly x: HostTensor;
  /** int32 `[n]`, or float32 `[n, classes]` where classes are mixed. */
  readonly y: HostTensor;
}
