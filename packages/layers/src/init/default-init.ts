import type { Shape } from '@dl/kernels';
import { Parameter, type Rng } from '@dl/tensor';
import { calculateFan } from './calculate-fan.ts';
import { kaimingUniform } from './kaiming-uniform.ts';
import { uniform } from './uniform.ts';

/** PyTorch's first weights of a linear or convolutional layer: uniform in $\pm 1 / \sqrt{\text{fanIn}}$. */
export function defaultWeight(shape: Shape, rng: Rng | undefined): Parameter {
  return new Parameter(kaimingUniform(shape, { a: Math.sqrt(5), rng }));
}

/** PyTorch's first bias of a layer with a weight of this shape: as {@link defaultWeight}. */
export function defaultBias(weightShape: Shape, rng: Rng | undefined): Parameter {
  const bound = 1 / Math.sqrt(calculateFan(weightShape).fanIn);
  return new Parameter(uniform([weightShape[0]], { low: -bound, high: bound, rng }));
}
