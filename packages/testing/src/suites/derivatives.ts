import { it } from 'vitest';
import { checkAdjoint, checkTangents } from '../derivatives/forward.ts';
import { problemOf } from '../derivatives/problem.ts';
import { checkGradient } from '../derivatives/reverse.ts';
import { checkForwardOverReverse, checkSecondOrder } from '../derivatives/second-order.ts';
import { isDifferentiable } from '../differentiate.ts';
import type { OpRecord } from '../record.ts';
import { describeEachSample } from './each-sample.ts';

/**
 * Checks every derivative rule in float64 on the reference backend: reverse mode, forward mode, and both of the gradient itself.
 * No other backend is involved, so it runs once.
 */
export function describeDerivatives(records: readonly OpRecord[]): void {
  describeEachSample(records, isDifferentiable, (sample) => {
    const problem = problemOf(sample);
    it('gradient matches finite differences', () => checkGradient(problem));
    it('jvp matches finite differences', () => checkTangents(problem));
    it('jvp agrees with vjp', () => checkAdjoint(problem));
    if (sample.secondOrder === false) return;
    it('second derivatives match finite differences', () => checkSecondOrder(problem));
    it('jvp of the gradient agrees with its vjp', () => checkForwardOverReverse(problem));
  });
}
