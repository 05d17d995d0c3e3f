import { createReferenceBackend } from '@dl/kernels';
import { describe } from 'vitest';
import { createOracle } from '../src/oracle.ts';
import { records } from '../src/records/index.ts';
import { describeConformance } from '../src/suites/conformance.ts';
import { describeGolden } from '../src/suites/golden.ts';
import { readGolden } from './read-golden.ts';

describeConformance(createReferenceBackend(), { records, golden: readGolden, mode: 'typescript' });

describe('float64 oracle', () => describeGolden(createOracle(), records, readGolden));
