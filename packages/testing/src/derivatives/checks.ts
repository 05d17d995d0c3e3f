import type { OpSample } from '../record.ts';
import { checkAdjoint, checkTangents } from './forward.ts';
import { problemOf } from './problem.ts';
import { checkGradient } from './reverse.ts';
import { checkForwardOverReverse, checkSecondOrder } from './second-order.ts';

/**
 * What must hold of the derivatives of a sample, in float64 on the reference backend: one function for each rule, which rejects where it
 * is broken. Empty for a sample without derivatives.
 */
export function derivativeChecks(sample: OpSample): Readonly<Record<string, () => Promise<void>>> {
  const problem = problemOf(sample);
  if (problem.sources.length === 0) return {};
  return {
    'gradient matches finite differences': () => checkGradient(problem),
    'jvp matches finite differences': () => checkTangents(problem),
    'jvp agrees with vjp': () => checkAdjoint(problem),
    ...(sample.secondOrder !== false && {
      'second derivatives match finite differences': () => checkSecondOrder(problem),
      'jvp of the gradient agrees with its vjp': () => checkForwardOverReverse(problem),
    }),
  };
}
