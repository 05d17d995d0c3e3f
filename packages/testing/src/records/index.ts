import type { OpRecord } from '../record.ts';
import { reluRecord } from './relu.ts';

/** The records by family: one file of records each, and one folder of golden values. */
export const families: Readonly<Record<string, readonly OpRecord[]>> = {
  activations: [reluRecord],
};

/** Every record. */
export const records: readonly OpRecord[] = Object.values(families).flat();
