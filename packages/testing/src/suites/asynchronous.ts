import { describe, expect, it } from 'vitest';
import { assertClose } from '../compare.ts';
import { evaluateAsync } from '../evaluate.ts';
import { assertGoldenOutputs, currentGolden } from '../golden/check.ts';
import { withoutGradient } from '../golden/questions.ts';
import { createOracle } from '../oracle.ts';
import type { OpAsyncSample, OpRecord } from '../record.ts';
import type { Target } from '../target.ts';
import { toleranceFor } from '../tolerance.ts';
import type { GoldenReader } from './golden.ts';

/** Holds asynchronous ops to the values of PyTorch and of the float64 reference, and to freeing what they make on the way. */
export function describeAsynchronous(target: Target, records: readonly OpRecord[], read: GoldenReader): void {
  for (const record of records) {
    if (record.asyncSamples === undefined) continue;
    describe(record.name, () => {
      for (const sample of record.asyncSamples ?? []) {
        describe(sample.name, () => {
          it('equals PyTorch, if it has the function, and the float64 reference', () =>
            checkValues(target, record, sample, read));
          it('leaves nothing behind', () => checkLeak(target, sample));
        });
      }
    });
  }
}

async function checkValues(target: Target, record: OpRecord, sample: OpAsyncSample, read: GoldenReader): Promise<void> {
  const output = await evaluateAsync(target, sample.call, sample.inputs);
  const expected = await evaluateAsync(createOracle(), sample.call, sample.inputs);
  assertClose('the output', output, expected, toleranceFor(output, record, 'value'));
  if (sample.torch === undefined) return;
  assertGoldenOutputs(record, [output], currentGolden(withoutGradient(sample), read(record.name)));
}

async function checkLeak({ backend, float }: Target, { call, inputs }: OpAsyncSample): Promise<void> {
  const before = backend.stats();
  await evaluateAsync({ backend, float }, call, inputs);
  expect(backend.stats()).toMatchObject({ buffers: before.buffers, bytes: before.bytes });
}
