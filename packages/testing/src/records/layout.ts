import type { OpRecord } from '../record.ts';
import { growthRecords } from './layout/growth.ts';
import { partRecords } from './layout/parts.ts';
import { viewRecords } from './layout/views.ts';

/** Ops that move elements without changing them. */
export const layoutRecords: readonly OpRecord[] = [...viewRecords, ...partRecords, ...growthRecords];
