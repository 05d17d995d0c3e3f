import { ArgumentError } from '@dl/kernels';
import { Parameter, type Rng } from '@dl/tensor';
import { calculateFan } from '../init/calculate-fan.ts';
import { defaultBias, defaultWeight } from '../init/default-init.ts';
import { uniform } from '../init/uniform.ts';
import { checkCount } from './check-count.ts';

/** What a convolutional layer is made of. */
export interface ConvCounts {
  readonly inChannels: number;
  readonly outChannels: number;
  /** One extent an image axis. */
  readonly kernel: readonly number[];
  readonly groups: number | undefined;
  readonly bias: boolean;
  readonly rng: Rng | undefined;
}

/** The learnt parts of a convolutional layer. */
export interface ConvParameters {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
}

/**
 * Weight `[out, in / groups, …kernel]` and bias `[out]` as PyTorch starts them.
 *
 * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
 */
export function convParameters(layer: string, counts: ConvCounts): ConvParameters {
  const { inChannels, outChannels, kernel, rng } = counts;
  const groups = checkConv(layer, counts);
  const shape = [outChannels, inChannels / groups, ...kernel];
  const weight = defaultWeight(shape, rng);
  return { weight, bias: counts.bias ? defaultBias(shape, rng) : undefined };
}

/**
 * As {@link convParameters}, of a transposed convolution: the weight is that of the convolution it transposes, `[in, out / groups, …kernel]`.
 *
 * @throws {@link ArgumentError} as {@link convParameters}
 */
export function convTransposeParameters(layer: string, counts: ConvCounts): ConvParameters {
  const { inChannels, outChannels, kernel, rng } = counts;
  const shape = [inChannels, outChannels / checkConv(layer, counts), ...kernel];
  const weight = defaultWeight(shape, rng);
  const bound = 1 / Math.sqrt(calculateFan(shape).fanIn);
  return { weight, bias: counts.bias ? new Parameter(uniform([outChannels], { low: -bound, high: bound, rng })) : undefined };
}

const axisNames = [['kernelSize'], ['kernelHeight', 'kernelWidth'], ['kernelDepth', 'kernelHeight', 'kernelWidth']];

function checkConv(layer: string, { inChannels, outChannels, kernel, groups = 1 }: ConvCounts): number {
  const extents = kernel.map((extent, axis) => [axisNames[kernel.length - 1][axis], extent] as const);
  for (const [name, count] of Object.entries({ inChannels, outChannels, ...Object.fromEntries(extents), groups })) {
    checkCount(layer, name, count);
  }
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    throw new ArgumentError(layer, `groups must divide both channel counts, got ${groups} for ${inChannels} and ${outChannels}`);
  }
  return groups;
}
