import type { Segmentation } from '../masks/segmentation.ts';
import type { Box } from './box.ts';
import type { DetectionSample } from './detection-sample.ts';

/** An object of an image, as readers of annotations find it. */
export interface AnnotatedObject {
  readonly box: Box;
  readonly label: number;
  readonly area: number;
  readonly iscrowd: boolean;
  readonly segmentation?: Segmentation | undefined;
}

/** What a {@link DetectionSample} says about the objects of an image. */
export function targetsOf(
  objects: readonly AnnotatedObject[],
): Pick<DetectionSample, 'boxes' | 'labels' | 'areas' | 'iscrowd' | 'segmentations'> {
  const n = objects.length;
  return {
    boxes: { shape: [n, 4], dtype: 'float32', data: Float32Array.from(objects.flatMap(({ box }) => box)) },
    labels: { shape: [n], dtype: 'int32', data: Int32Array.from(objects, ({ label }) => label) },
    areas: { shape: [n], dtype: 'float32', data: Float32Array.from(objects, ({ area }) => area) },
    iscrowd: { shape: [n], dtype: 'bool', data: Uint8Array.from(objects, ({ iscrowd }) => Number(iscrowd)) },
    segmentations: objects.flatMap(({ segmentation }) => (segmentation === undefined ? [] : [segmentation])),
  };
}
