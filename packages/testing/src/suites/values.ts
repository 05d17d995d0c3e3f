import { it } from 'vitest';
import { assertClose } from '../compare.ts';
import { differentiableInputs, gradients, isDifferentiable } from '../differentiate.ts';
import { evaluate } from '../evaluate.ts';
import { createOracle } from '../oracle.ts';
import type { OpRecord } from '../record.ts';
import type { Target } from '../target.ts';
import { toleranceFor } from '../tolerance.ts';
import { always, describeEachSample } from './each-sample.ts';

/** Compares outputs and gradients on a backend, in float32, with the float64 reference. */
export function describeValues(target: Target, records: readonly OpRecord[]): void {
  const oracle = createOracle();
  describeEachSample(records, always, (sample, record) => {
    it('equals the float64 reference', async () => {
      const expected = await evaluate(oracle, sample.call, sample.inputs);
      const outputs = await evaluate(target, sample.call, sample.inputs);
      if (outputs.length !== expected.length) throw new Error(`there must be ${expected.length} outputs, got ${outputs.length}`);
      for (const [k, output] of outputs.entries()) {
        const dtype = expected[k].dtype === 'float64' ? target.float : expected[k].dtype;
        if (output.dtype !== dtype) throw new Error(`output ${k} must be ${dtype}, got ${output.dtype}`);
        assertClose(`output ${k}`, output, expected[k], toleranceFor(output, record, 'value'));
      }
    });
    if (!isDifferentiable(sample)) return;
    it('gradient equals the float64 reference', async () => {
      const sources = differentiableInputs(sample);
      const expected = await gradients(oracle, sample);
      for (const [k, gradient] of (await gradients(target, sample)).entries()) {
        if (gradient.dtype !== target.float)
          throw new Error(`gradient by input ${sources[k]} must be ${target.float}, got ${gradient.dtype}`);
        assertClose(`gradient by input ${sources[k]}`, gradient, expected[k], toleranceFor(gradient, record, 'gradient'));
      }
    });
  });
}
