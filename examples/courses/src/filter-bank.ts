import { conv2d, type Tensor, tensor } from '@dl/tensor';

/** A filter of {@link filters}. */
export type FilterName = 'edge' | 'bar' | 'blur' | 'blob' | 'emboss' | 'prewitt';

/** The filters of the lecture, 3×3; layers correlate, so that each is laid on the image as it is written. */
export const filters: Readonly<Record<FilterName, number[][]>> = {
  edge: [
    [-1, -1, -1],
    [0, 0, 0],
    [1, 1, 1],
  ],
  bar: [
    [-1, 2, -1],
    [-1, 2, -1],
    [-1, 2, -1],
  ],
  blur: [
    [1 / 9, 1 / 9, 1 / 9],
    [1 / 9, 1 / 9, 1 / 9],
    [1 / 9, 1 / 9, 1 / 9],
  ],
  blob: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  emboss: [
    [-2, -1, 0],
    [-1, 0, 1],
    [0, 1, 2],
  ],
  prewitt: [
    [-1, 0, 1],
    [-1, 0, 1],
    [-1, 0, 1],
  ],
};

/** An image through one filter, without padding: a 6×6 image becomes 4×4. */
export function filtered(image: number[][], name: FilterName): Tensor {
  return conv2d(tensor([[image]]), tensor([[filters[name]]])).squeeze([0, 1]);
}
