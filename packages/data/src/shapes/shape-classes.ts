import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { HostRandom, streams } from '../random/host-random.ts';
import { shapeNames } from './outline.ts';
import { ShapeArtist } from './shape-artist.ts';
import { checkShapes, type ShapesOptions } from './shapes-options.ts';

/** Options of {@link shapeClasses}. */
export interface ShapeClassesOptions extends ShapesOptions {
  /** Default: numbers in [0, 1]. */
  readonly normalize?: Normalization | undefined;
}

/**
 * A circle, a square or a triangle an image, as {@link shapes} draws them, to be told apart: x float32 `[3, h, w]`. An image is drawn when it is
 * first taken.
 *
 * @throws ArgumentError when an option is out of its range
 * @example
 * const images = shapeClasses({ size: 100, seed: 1, imageSize: [32, 32] });
 * images.get(0).x.shape // [3, 32, 32]
 * images.classNames // ['circle', 'square', 'triangle']
 */
export function shapeClasses(options: ShapeClassesOptions = {}): ImageDataset {
  const op = 'shapeClasses';
  const { size, seed, split, height, width, noise, source } = checkShapes(op, options);
  const random = new HostRandom(op, seed, split === 'train' ? streams.trainShapes : streams.testShapes, 0);
  const label = (index: number): number => {
    random.restart(index);
    return random.below(shapeNames.length);
  };
  const artist = new ShapeArtist(height, width, 255 * noise);
  return new ImageDataset({
    pixels: new Uint8Array(size * 3 * height * width),
    labels: Uint8Array.from({ length: size }, (_, i) => label(i)),
    imageShape: [3, height, width],
    classNames: shapeNames,
    normalize: options.normalize,
    source,
    split,
    draw: (index, pixels) => pixels.set(artist.draw([label(index)], random).pixels),
  });
}
