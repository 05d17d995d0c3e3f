import { ArgumentError, type HostTensor } from '@dl/kernels';
import { checkIndex } from '../datasets/check-index.ts';
import { type AnnotatedObject, targetsOf } from '../detection/annotated-object.ts';
import { bytesToImage } from '../detection/bytes-to-image.ts';
import type { DetectionDataset, DetectionSample } from '../detection/detection-sample.ts';
import { labelMapRles, objectOfMask } from '../detection/label-map.ts';
import { remember } from '../loader/workers/recipe.ts';
import { HostRandom, streams } from '../random/host-random.ts';
import { shapeNames } from './outline.ts';
import { ShapeArtist } from './shape-artist.ts';
import { checkShapes, type ShapesOptions } from './shapes-options.ts';

/** Options of {@link shapes}. */
export interface SceneOptions extends ShapesOptions {
  /** The fewest and the most shapes of an image, at most 100. Default `[1, 4]`; where there is no room, there are fewer. */
  readonly count?: readonly [least: number, most: number] | undefined;
}

/** What is drawn: the objects, and the class of each pixel. */
export interface ShapesSample extends DetectionSample {
  /** int32 `[h, w]`: 0 where there is nothing, else the label + 1. */
  readonly classMap: HostTensor;
}

/**
 * Circles, squares and triangles of random place, size and colour on noise, drawn by the computer, with the boxes, the masks and the class of each
 * pixel: for detection and segmentation where no photographs are to be had. Shapes may hide a part of those before; masks and boxes are of
 * what is seen. An image is drawn when it is taken. {@link shapeClasses} has one shape an image, for classification.
 *
 * @throws {@link ArgumentError} when an option is out of its range
 * @example
 * const scenes = shapes({ size: 100, seed: 1 });
 * const { boxes, labels, classMap } = await scenes.get(0);
 * boxes.data // Float32Array [38, 48, 50, 61, 22, 19, 44, 41]
 * scenes.classNames[labels.data[0]] // 'triangle'
 * classMap.shape // [64, 64]
 */
export function shapes(options: SceneOptions = {}): DetectionDataset<ShapesSample> {
  const op = 'shapes';
  const { size, seed, split, height, width, noise, source } = checkShapes(op, options);
  const [least, most] = options.count ?? [1, 4];
  if (!Number.isInteger(least) || !Number.isInteger(most) || least < 1 || most < least || most > 100) {
    throw new ArgumentError(op, `count must be two integers in [1, 100], the smaller first, got [${least}, ${most}]`);
  }
  const random = new HostRandom(op, seed, split === 'train' ? streams.trainShapes : streams.testShapes, 0);
  const artist = new ShapeArtist(height, width, 255 * noise);
  const dataset: DetectionDataset<ShapesSample> = {
    size,
    classNames: shapeNames,
    source,
    split,
    get(index) {
      checkIndex(op, index, size);
      random.restart(index);
      const count = least + random.below(most - least + 1);
      const classes = Array.from({ length: count }, () => random.below(shapeNames.length));
      const { pixels, numbers, labels } = artist.draw(classes, random);
      const shape = [height, width];
      const rles = labelMapRles(op, { shape, dtype: 'uint8', data: numbers });
      const objects = Array.from(rles, ([number, rle]): AnnotatedObject => objectOfMask(rle, labels[number - 1]));
      return {
        image: bytesToImage({ shape: [3, height, width], dtype: 'uint8', data: pixels }),
        ...targetsOf(objects),
        imageId: index,
        classMap: {
          shape,
          dtype: 'int32',
          data: Int32Array.from(numbers, (number) => (number === 0 ? 0 : labels[number - 1] + 1)),
        },
      };
    },
  };
  return remember(dataset, 'shapes', () => [options]);
}
