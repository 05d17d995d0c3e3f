import { it } from 'vitest';
import { gradients, isDifferentiable } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import { assertGoldenGradients, assertGoldenOutputs, currentGolden } from '../golden/check.ts';
import type { Golden } from '../golden/golden.ts';
import type { OpRecord, OpSample } from '../record.ts';
import type { Target } from '../target.ts';
import { describeEachSample } from './each-sample.ts';

/** Gives the golden values of an op, or undefined where there are none. */
export type GoldenReader = (op: string) => Golden | undefined;

/** Compares outputs and gradients with what PyTorch computed in float64. */
export function describeGolden(target: Target, records: readonly OpRecord[], read: GoldenReader): void {
  describeEachSample(records, isAnswered, (sample, record) => {
    it(`matches PyTorch in ${target.float}`, async () => {
      const golden = currentGolden(sample, read(record.name));
      assertGoldenOutputs(record, await evaluate(target, sample.call, sample.inputs), golden);
      if (isDifferentiable(sample)) assertGoldenGradients(record, await gradients(target, sample), golden);
    });
  });
}

function isAnswered({ torch }: OpSample): boolean {
  return torch !== undefined;
}
