import { ArgumentError } from '@dl/kernels';
import { Flatten, type Layer, Linear, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link mlp}. */
export interface MLPOptions {
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Multi-layer perceptron: linear layers with ReLU between them. What comes in is flattened first.
 *
 * @param sizes - units of each layer, from the input to the output
 * @returns a model from `[n, ...]` with `sizes[0]` numbers each to `[n, sizes.at(-1)]`
 * @throws {@link ArgumentError} for fewer than two sizes
 * @example
 * mlp([784, 64, 10]).forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export function mlp(sizes: readonly number[], { rng }: MLPOptions = {}): Sequential {
  if (sizes.length < 2) {
    throw new ArgumentError('mlp', `sizes must have at least an input and an output, got [${sizes.join(', ')}]`);
  }
  const layers: Layer[] = [new Flatten()];
  for (let i = 1; i < sizes.length; i++) {
    if (i > 1) layers.push(new ReLU());
    layers.push(new Linear(sizes[i - 1], sizes[i], { rng }));
  }
  return new Sequential(...layers);
}
