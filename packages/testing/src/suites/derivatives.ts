import { it } from 'vitest';
import { derivativeChecks } from '../derivatives/checks.ts';
import { isDifferentiable } from '../differentiate.ts';
import type { OpRecord } from '../record.ts';
import { describeEachSample } from './each-sample.ts';

/**
 * Checks every derivative rule in float64 on the reference backend: reverse mode, forward mode, and both of the gradient itself.
 * No other backend is involved, so it runs once.
 */
export function describeDerivatives(records: readonly OpRecord[]): void {
  describeEachSample(records, isDifferentiable, (sample) => {
    for (const [name, check] of Object.entries(derivativeChecks(sample))) it(name, check);
  });
}
