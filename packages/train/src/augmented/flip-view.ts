import { flip, type Tensor } from '@dl/tensor';
import { imageSides } from './view.ts';

/**
 * The images mirrored left to right, as a view of {@link TestTimeAugmentation}: for things that are as good either way round, which digits are not.
 *
 * @param images - `[n, c, h, w]`
 * @throws {@link ShapeError} for another shape
 * @example
 * await flipView(tensor([[[[1, 2]]]])).data() // Float32Array [2, 1]
 */
export function flipView(images: Tensor): Tensor {
  imageSides('flipView', images);
  return flip(images, 3);
}
