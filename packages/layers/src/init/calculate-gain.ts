import { ArgumentError } from '@dl/kernels';

/** An activation whose effect on the variance an initialiser makes up for. */
export type Nonlinearity = 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'leakyRelu' | 'selu';

const gains: { readonly [N in Nonlinearity]: (negativeSlope: number) => number } = {
  linear: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (negativeSlope) => Math.sqrt(2 / (1 + negativeSlope ** 2)),
  selu: () => 3 / 4,
};

/**
 * What standard deviations are multiplied by so that the variance survives an activation, as in PyTorch.
 *
 * @param negativeSlope - of `leakyRelu`
 * @throws {@link ArgumentError} for an unknown activation
 * @example
 * init.calculateGain('relu') // 1.4142135623730951
 */
export function calculateGain(nonlinearity: Nonlinearity, negativeSlope = 0.01): number {
  const gain = Object.hasOwn(gains, nonlinearity) ? gains[nonlinearity] : undefined;
  if (gain === undefined) {
    throw new ArgumentError(
      'calculateGain',
      `nonlinearity must be ${Object.keys(gains).join(', ')}, got ${String(nonlinearity)}`,
    );
  }
  return gain(negativeSlope);
}
