import type { OpRecord } from '../record.ts';
import { activationRecords } from './activations.ts';
import { arithmeticRecords } from './arithmetic.ts';
import { asynchronousRecords } from './asynchronous.ts';
import { comparisonRecords } from './comparison.ts';
import { convRecords } from './conv.ts';
import { createRecords } from './create.ts';
import { elementwiseRecords } from './elementwise.ts';
import { indexingRecords } from './indexing.ts';
import { layoutRecords } from './layout.ts';
import { linalgRecords } from './linalg.ts';
import { linearRecords } from './linear.ts';
import { lossRecords } from './loss.ts';
import { normRecords } from './norm.ts';
import { poolRecords } from './pool.ts';
import { recurrentRecords } from './recurrent.ts';
import { reduceRecords } from './reduce.ts';
import { resizeRecords } from './resize.ts';
import { sortRecords } from './sort.ts';
import { volumeRecords } from './volume.ts';

/** The records by family: one file of records each, and one folder of golden values. */
export const families: Readonly<Record<string, readonly OpRecord[]>> = {
  elementwise: elementwiseRecords,
  activations: activationRecords,
  arithmetic: arithmeticRecords,
  comparison: comparisonRecords,
  reduce: reduceRecords,
  create: createRecords,
  layout: layoutRecords,
  indexing: indexingRecords,
  asynchronous: asynchronousRecords,
  linear: linearRecords,
  linalg: linalgRecords,
  conv: convRecords,
  pool: poolRecords,
  volume: volumeRecords,
  resize: resizeRecords,
  sort: sortRecords,
  norm: normRecords,
  loss: lossRecords,
  recurrent: recurrentRecords,
};

/** Every record. */
export const records: readonly OpRecord[] = Object.values(families).flat();
