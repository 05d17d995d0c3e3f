export { loadGolden } from '../golden/load-golden.ts';
export { describeBackend } from './backend.ts';
export { type ConformanceOptions, describeConformance } from './conformance.ts';
export { describeDerivatives } from './derivatives.ts';
export { describeFused } from './fused.ts';
export { describeGolden, type GoldenReader } from './golden.ts';
export { describeKernels } from './kernels.ts';
