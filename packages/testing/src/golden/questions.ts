import { differentiableInputs } from '../differentiate.ts';
import type { OpAsyncSample, OpRecord } from '../record.ts';
import { fingerprint, type GoldenSubject } from './fingerprint.ts';

/** One sample as the script that asks PyTorch reads it. Values that JSON has no number for are named. */
export interface GoldenQuestion {
  readonly name: string;
  readonly hash: string;
  readonly torch: string;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: string; readonly values: readonly string[] }[];
  readonly differentiable: readonly number[];
}

/** All samples of an op that PyTorch can answer. */
export function goldenQuestions(record: OpRecord): GoldenQuestion[] {
  return [...record.samples, ...(record.asyncSamples ?? []).map(withoutGradient)].flatMap((sample) =>
    sample.torch === undefined ? [] : [question(sample, sample.torch)],
  );
}

/** An asynchronous sample as one that nothing is differentiated by. */
export function withoutGradient(sample: OpAsyncSample): GoldenSubject {
  return { ...sample, differentiable: [] };
}

function question(sample: GoldenSubject, torch: string): GoldenQuestion {
  return {
    name: sample.name,
    hash: fingerprint(sample),
    torch,
    inputs: sample.inputs.map(({ shape, dtype, values }) => ({ shape, dtype, values: values.map(String) })),
    differentiable: differentiableInputs(sample),
  };
}
