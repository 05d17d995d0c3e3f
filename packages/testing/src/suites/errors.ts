import { tidy } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { chooseBackend } from '../evaluate.ts';
import type { OpErrorSample, OpRecord } from '../record.ts';
import { type Target, upload } from '../target.ts';
import { assertNothingLeft } from './leaks.ts';

/** Checks class and message of every error, and that a refused call leaves nothing on the backend. */
export function describeErrors(target: Target, records: readonly OpRecord[]): void {
  for (const { name, errors = [] } of records) {
    if (errors.length === 0) continue;
    describe(name, () => {
      for (const sample of errors) it(`${sample.name}: throws ${sample.error.name}`, () => checkError(target, sample));
    });
  }
}

async function checkError(target: Target, { inputs, call, error, message }: OpErrorSample): Promise<void> {
  await chooseBackend(target, inputs);
  const attempt = assertNothingLeft(target, () =>
    tidy(() => {
      const xs = inputs.map((input) => upload(target, input));
      return { refusal: refusalOf(() => call(...xs)) };
    }),
  );
  const refusal = await attempt.refusal;
  if (!(refusal instanceof error)) throw new Error(`the call must throw ${error.name}, got ${refusal}`, { cause: refusal });
  expect(refusal.constructor.name).toBe(error.name);
  if (typeof message === 'string') expect(refusal.message).toBe(message);
  else expect(refusal.message).toMatch(message);
}

/** What a call throws, at once or, if it is asynchronous, before it reads anything. */
function refusalOf(call: () => unknown): unknown {
  try {
    const result = call();
    return result instanceof Promise ? result.catch((reason: unknown) => reason) : undefined;
  } catch (thrown) {
    return thrown;
  }
}
