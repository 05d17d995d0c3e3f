import type { Backend } from '@dl/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import type { OpRecord } from '../record.ts';
import type { Target } from '../target.ts';
import { describeAsynchronous } from './asynchronous.ts';
import { describeErrors } from './errors.ts';
import { describeGolden, type GoldenReader } from './golden.ts';
import { describeInputs } from './inputs.ts';
import { describeKinks } from './kinks.ts';
import { describeLeaks } from './leaks.ts';
import { describeValues } from './values.ts';

/** What {@link describeConformance} needs to know. */
export interface ConformanceOptions {
  readonly records: readonly OpRecord[];
  /** What PyTorch says. */
  readonly golden: GoldenReader;
  /** What must execute, as `info().mode` has it: another mode means that the backend quietly became something slower. */
  readonly mode: string | RegExp;
  /** How many threads must have computed at the end. Default: any number. */
  readonly threads?: number;
}

/**
 * Holds a backend to everything that the records know, in float32: values and gradients of PyTorch and of the float64 reference, kinks,
 * views as inputs, errors, and memory.
 *
 * @param backend - disposed when the tests are done
 */
export function describeConformance(backend: Backend, { records, golden, mode, threads }: ConformanceOptions): void {
  const target: Target = { backend, float: 'float32' };
  describe(`${backend.name} backend`, () => {
    describeGolden(target, records, golden);
    describeValues(target, records);
    describeKinks(target, records);
    describeInputs(target, records);
    describeErrors(target, records);
    describeLeaks(target, records);
    describeAsynchronous(target, records, golden);
    it('has executed in the expected mode and kept nothing', () => {
      expect(backend.info().mode).toMatch(mode);
      if (threads !== undefined) expect(backend.info().threads).toBe(threads);
      expect(backend.stats()).toMatchObject({ buffers: 0, bytes: 0 });
    });
    afterAll(() => backend.dispose());
  });
}
