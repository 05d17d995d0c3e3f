import type { Dataset, ImageDataset, ImageSample, Stacked } from '@dl/data';
import type { Rng } from '@dl/tensor';

/**
 * Images moved by up to `reach` pixels each time they are taken, differently for each; what comes in from outside repeats the edge. A digit
 * stays itself, and the network sees each in many places.
 *
 * @param rng - the same state gives the same moves, as long as images are taken in the same order
 */
export function shifted(dataset: ImageDataset, reach: number, rng: Rng): Dataset<ImageSample> {
  const [channels, height, width] = dataset.imageShape;
  const step = (): number => Math.floor(rng.next() * (2 * reach + 1)) - reach;
  const getBatch = (indices: ArrayLike<number>): Stacked<ImageSample> => {
    const { x, y } = dataset.getBatch(indices);
    const data = new Float32Array(x.data.length);
    for (let image = 0; image < indices.length; image++) {
      const [down, right] = [step(), step()];
      for (let plane = image * channels; plane < (image + 1) * channels; plane++) {
        move(x.data, data, plane * height * width, height, width, down, right);
      }
    }
    return { x: { ...x, data }, y };
  };
  return {
    size: dataset.size,
    getBatch,
    get(index) {
      const { x } = getBatch([index]);
      return { x: { ...x, shape: dataset.imageShape }, y: dataset.labels[index] };
    },
  };
}

function move(
  from: ArrayLike<number>,
  to: Float32Array,
  offset: number,
  height: number,
  width: number,
  down: number,
  right: number,
): void {
  for (let row = 0; row < height; row++) {
    const source = offset + clamp(row - down, height) * width;
    for (let column = 0; column < width; column++)
      to[offset + row * width + column] = from[source + clamp(column - right, width)];
  }
}

function clamp(place: number, extent: number): number {
  return Math.min(extent - 1, Math.max(0, place));
}
