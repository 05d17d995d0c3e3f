import type { Tensor } from '@dl/tensor';
import { differentiableInputs } from '../differentiate.ts';
import { createOracle } from '../oracle.ts';
import type { OpSample } from '../record.ts';
import { type Target, upload } from '../target.ts';
import type { Direction } from './direction.ts';

/** A sample to differentiate in float64. */
export interface Problem {
  readonly oracle: Target;
  readonly sample: OpSample;
  /** The inputs to differentiate by. */
  readonly sources: readonly number[];
}

/** The problem of a sample. */
export function problemOf(sample: OpSample): Problem {
  return { oracle: createOracle(), sample, sources: differentiableInputs(sample) };
}

/** The tensors to differentiate by. */
export function moving({ sources }: Problem, xs: readonly Tensor[]): Tensor[] {
  return sources.map((source) => xs[source]);
}

/** A direction as tensors, one a differentiable input. */
export function directionTensors({ oracle, sample, sources }: Problem, direction: Direction): Tensor[] {
  return along({ sources }, direction).map((values, k) => upload(oracle, { ...sample.inputs[sources[k]], values }));
}

/** What a direction says of each differentiable input. */
export function along({ sources }: Pick<Problem, 'sources'>, direction: Direction): (readonly number[])[] {
  return sources.map((source) => direction[source]!);
}
