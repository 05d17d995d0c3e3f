import { describe } from 'vitest';
import type { OpRecord, OpSample } from '../record.ts';

/** Takes every sample. */
export function always(): boolean {
  return true;
}

/** One block of tests for each sample that `applies` takes, named `op › sample`. */
export function describeEachSample(
  records: readonly OpRecord[],
  applies: (sample: OpSample) => boolean,
  define: (sample: OpSample, record: OpRecord) => void,
): void {
  for (const record of records) {
    const samples = record.samples.filter(applies);
    if (samples.length === 0) continue;
    describe(record.name, () => {
      for (const sample of samples) describe(sample.name, () => define(sample, record));
    });
  }
}
