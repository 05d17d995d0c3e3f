import { createWasmBackend } from '@dl/kernels-wasm';
import { loadGolden } from '../src/golden/load-golden.ts';
import { records } from '../src/records/index.ts';
import { describeConformance } from '../src/suites/conformance.ts';

const readGolden = await loadGolden();

describeConformance(createWasmBackend(), { records, golden: readGolden, mode: /^wasm-(relaxed-)?simd$/ });
