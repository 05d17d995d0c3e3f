import type { CropBox } from '../images/crop.ts';
import type { SampleRandom } from '../sample-random.ts';

/** Which boxes are drawn. */
export interface RandomBoxOptions {
  /** Part of the image's area, from and to. */
  readonly scale: readonly [number, number];
  /** Width by height, from and to; their logarithm is uniform. */
  readonly ratio: readonly [number, number];
}

/** A box of random area, shape and place within the image, or none where ten attempts do not fit. */
export function randomBox(
  [height, width]: readonly [number, number],
  { scale, ratio }: RandomBoxOptions,
  random: SampleRandom,
): CropBox | undefined {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = height * width * random.uniform(scale[0], scale[1]);
    const shape = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const boxWidth = Math.round(Math.sqrt(area * shape));
    const boxHeight = Math.round(Math.sqrt(area / shape));
    if (boxWidth < 1 || boxHeight < 1 || boxWidth > width || boxHeight > height) continue;
    const top = random.below(height - boxHeight + 1);
    return { top, left: random.below(width - boxWidth + 1), height: boxHeight, width: boxWidth };
  }
  return undefined;
}
