import { tidy } from '@dl/tensor';
import { it } from 'vitest';
import { differentiableInputs, weightedGradients } from '../differentiate.ts';
import { chooseBackend } from '../evaluate.ts';
import type { OpRecord, OpSample } from '../record.ts';
import { type Target, upload } from '../target.ts';
import { always, describeEachSample } from './each-sample.ts';

/** Checks that a scope around an op, and around its forward and backward pass, leaves the backend as it was. */
export function describeLeaks(target: Target, records: readonly OpRecord[]): void {
  describeEachSample(records, always, (sample) => {
    it('leaves nothing behind', () => checkSample(target, sample));
  });
}

async function checkSample(target: Target, sample: OpSample): Promise<void> {
  await chooseBackend(target, sample.inputs);
  const sources = differentiableInputs(sample);
  assertNothingLeft(target, () =>
    tidy(() => {
      const xs = sample.inputs.map((input) => upload(target, input));
      assertNothingLeft(target, () => tidy(() => void sample.call(...xs)));
      if (sources.length === 0) return;
      const moving = sources.map((source) => xs[source]);
      assertNothingLeft(target, () => tidy(() => void weightedGradients(sample.call, xs, moving)));
    }),
  );
}

/**
 * Runs `fn`, and compares the buffers and bytes of the backend before and after. `fn` is synchronous, so no garbage collection comes between.
 *
 * @throws Error that says how much is left
 */
export function assertNothingLeft<T>({ backend }: Target, fn: () => T): T {
  const before = backend.stats();
  const result = fn();
  const after = backend.stats();
  if (after.buffers !== before.buffers || after.bytes !== before.bytes) {
    throw new Error(
      `nothing must be left behind, got ${after.buffers - before.buffers} buffers, ${after.bytes - before.bytes} bytes`,
    );
  }
  return result;
}
