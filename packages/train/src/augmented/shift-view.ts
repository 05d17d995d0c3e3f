import { ArgumentError } from '@dl/kernels';
import { pad, slice } from '@dl/tensor';
import { imageSides, type View } from './view.ts';

/** Options of {@link shiftView}. */
export interface ShiftViewOptions {
  /** What comes in at the edge. Default 0. */
  readonly fill?: number | undefined;
}

/**
 * The images moved by whole pixels, as a view of {@link TestTimeAugmentation}.
 *
 * @param right - negative to the left
 * @param down - negative upwards
 * @returns a view, which throws a {@link ShapeError} for anything but images `[n, c, h, w]`, and an {@link ArgumentError} where nothing of them is left
 * @throws {@link ArgumentError} for shifts that are not whole
 * @example
 * await shiftView(1, 0)(tensor([[[[1, 2, 3]]]])).data() // Float32Array [0, 1, 2]
 */
export function shiftView(right: number, down: number, { fill = 0 }: ShiftViewOptions = {}): View {
  if (!Number.isInteger(right) || !Number.isInteger(down))
    throw new ArgumentError('shiftView', `shifts must be whole pixels, got ${right} and ${down}`);
  return (images) => {
    const [height, width] = imageSides('shiftView', images);
    if (Math.abs(right) >= width || Math.abs(down) >= height)
      throw new ArgumentError(
        'shiftView',
        `shifts must be smaller than the images, got ${right} and ${down} of ${height}×${width}`,
      );
    const kept = slice(images, [
      null,
      null,
      [Math.max(0, -down), height - Math.max(0, down)],
      [Math.max(0, -right), width - Math.max(0, right)],
    ]);
    const around = [
      [0, 0],
      [0, 0],
      [Math.max(0, down), Math.max(0, -down)],
      [Math.max(0, right), Math.max(0, -right)],
    ] as const;
    return pad(kept, around, { value: fill });
  };
}
