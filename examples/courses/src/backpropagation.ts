import { type ValueAndGrads, valueAndGrad } from '@dl/autograd';
import { Conv2d } from '@dl/layers';
import { add, manualSeed, randn, relu, type Shape, sum, type Tensor } from '@dl/tensor';

/** The inputs and the layer of {@link backpropagation}, with what it computed. */
export interface Backpropagation extends ValueAndGrads<Tensor> {
  readonly x0: Tensor;
  readonly x1: Tensor;
  readonly conv: Conv2d;
}

/**
 * The lectures' first backward pass: `sum(relu(conv(x0)) + x1)` with `x0` [1, 3, 20, 20] and a 3×3 convolution to 10 channels.
 *
 * @param x1Shape - [1, 10, 18, 18] as on the corrected slide; the first version's [1, 10, 10, 10] cannot be added
 * @throws {@link ShapeError} naming `add` and both shapes where they do not fit
 */
export function backpropagation(x1Shape: Shape = [1, 10, 18, 18]): Backpropagation {
  manualSeed(0);
  const x0 = randn([1, 3, 20, 20]);
  const x1 = randn(x1Shape);
  const conv = new Conv2d(3, 10, 3);
  const result = valueAndGrad(() => sum(add(relu(conv.forward(x0)), x1)), [x0, x1, ...conv.parameters()]);
  return { x0, x1, conv, ...result };
}
