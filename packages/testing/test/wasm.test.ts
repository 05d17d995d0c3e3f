import { createWasmBackend } from '@dl/kernels-wasm';
import { records } from '../src/records/index.ts';
import { describeConformance } from '../src/suites/conformance.ts';
import { readGolden } from './read-golden.ts';

describeConformance(createWasmBackend(), { records, golden: readGolden, mode: /^wasm-(relaxed-)?simd$/ });
