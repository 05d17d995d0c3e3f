import type { HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import type { Segmentation } from '../masks/segmentation.ts';

/**
 * An image and the objects in it. Boxes are x0, y0, x1, y1 in pixels: edges, not pixels, so that the whole of an image of 4 × 3 has 0, 0,
 * 4, 3, and a width is x1 - x0.
 */
export interface DetectionSample {
  /** float32 `[3, h, w]`, in [0, 1]. */
  readonly image: HostTensor;
  /** float32 `[n, 4]`. */
  readonly boxes: HostTensor;
  /** int32 `[n]`: indices of the classes. */
  readonly labels: HostTensor;
  /** float32 `[n]`: pixels of each object. */
  readonly areas: HostTensor;
  /** bool `[n]`: whether a box is about a crowd, so that it says nothing of how many there are. */
  readonly iscrowd: HostTensor;
  /** The pixels of each object, which {@link instanceMasks} makes masks of; empty where the dataset has boxes only. */
  readonly segmentations: readonly Segmentation[];
  /** What the dataset calls the image. */
  readonly imageId: number | string;
}

/** Images with objects in them. */
export interface DetectionDataset<S extends DetectionSample = DetectionSample> extends Dataset<S> {
  /** What the classes are called; a label is an index into it. */
  readonly classNames: readonly string[];
  /** Where the images come from, in words for a reader. */
  readonly source: string;
  /** What they are for, such as `'train'` or `'test'`, where that is known. */
  readonly split: string | undefined;
}
