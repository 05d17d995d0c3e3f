import { createReferenceBackend } from '@dl/kernels';
import { describe } from 'vitest';
import { loadGolden } from '../src/golden/load-golden.ts';
import { createOracle } from '../src/oracle.ts';
import { records } from '../src/records/index.ts';
import { describeConformance } from '../src/suites/conformance.ts';
import { describeGolden } from '../src/suites/golden.ts';

const readGolden = await loadGolden();

describeConformance(createReferenceBackend(), { records, golden: readGolden, mode: 'typescript' });

describe('float64 oracle', () => describeGolden(createOracle(), records, readGolden));
