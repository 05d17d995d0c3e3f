import { broadcastShapes, type Shape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from './expand.ts';

/**
 * The tensors stretched to the shape that they have together under NumPy's rules.
 *
 * @throws {@link ShapeError} when the shapes do not broadcast
 * @example
 * const [a, b] = broadcastTensors(tensor([[1], [2]]), tensor([10, 20, 30]));
 * a.shape // [2, 3]
 * b.shape // [2, 3]
 */
export function broadcastTensors(...tensors: readonly Tensor[]): Tensor[] {
  const shape = tensors.reduce<Shape>((joint, x) => broadcastShapes('broadcastTensors', joint, x.shape), []);
  return tensors.map((x) => expandTo(x, shape));
}
