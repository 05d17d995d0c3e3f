import type { ImageDataset } from '@dl/data';
import type { HostTensor } from '@dl/kernels';

/**
 * Images to show, by their place in the order of evaluation: an {@link ImageDataset} as it is; of other datasets, the images that are to be seen
 * (see {@link worstMistakes}), `[c, h, w]` of 1 or 3 channels. Those of floats are shown with their least number black and their most white.
 */
export type Pictures = Pick<ImageDataset, 'imageShape' | 'pixels'> | ReadonlyMap<number, HostTensor>;

/** The image at an index; undefined where a map has none. */
export function pictureAt(pictures: Pictures, index: number): HostTensor | undefined {
  if (!('pixels' in pictures)) return pictures.get(index);
  return { shape: pictures.imageShape, dtype: 'uint8', data: pictures.pixels(index) };
}
