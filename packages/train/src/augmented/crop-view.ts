import { ArgumentError } from '@dl/kernels';
import { slice } from '@dl/tensor';
import { imageSides, type View } from './view.ts';

/** Where a crop of {@link cropView} is. */
export type Corner = 'center' | 'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight';

/** Where a crop begins, as a part of the room it has: down and to the right. */
const corners: { readonly [C in Corner]: readonly [down: number, right: number] } = {
  center: [0.5, 0.5],
  topLeft: [0, 0],
  topRight: [0, 1],
  bottomLeft: [1, 0],
  bottomRight: [1, 1],
};

/**
 * A part of the images, as a view of {@link TestTimeAugmentation}; {@link fiveCrop} and {@link tenCrop} are all of them.
 *
 * @param size - `[height, width]`, or the side of a square
 * @returns a view, which throws a {@link ShapeError} for anything but images `[n, c, h, w]`, and an {@link ArgumentError} for smaller ones
 * @throws {@link ArgumentError} for a size that is not of positive integers, or a corner that is none
 * @example
 * await cropView([1, 2], 'topRight')(tensor([[[[1, 2, 3]]]])).data() // Float32Array [2, 3]
 */
export function cropView(size: number | readonly [number, number], corner: Corner = 'center'): View {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  if (![height, width].every((side) => Number.isInteger(side) && side > 0))
    throw new ArgumentError('cropView', `size must be positive integers, got ${height} and ${width}`);
  if (!Object.hasOwn(corners, corner))
    throw new ArgumentError('cropView', `corner must be one of ${Object.keys(corners).join(', ')}, got ${String(corner)}`);
  const [downPart, rightPart] = corners[corner];
  return (images) => {
    const [fromHeight, fromWidth] = imageSides('cropView', images);
    if (height > fromHeight || width > fromWidth)
      throw new ArgumentError('cropView', `size must fit into the images, got ${height}×${width} for ${fromHeight}×${fromWidth}`);
    const [top, left] = [Math.floor((fromHeight - height) * downPart), Math.floor((fromWidth - width) * rightPart)];
    return slice(images, [null, null, [top, top + height], [left, left + width]]);
  };
}
