export { derivativeChecks } from './derivatives/checks.ts';
export type { Golden, GoldenNumber, GoldenOutput, GoldenSample } from './golden/golden.ts';
export { type GoldenQuestion, goldenQuestions } from './golden/questions.ts';
export type { OpAsyncSample, OpErrorSample, OpKink, OpRecord, OpSample, OpTolerance, SampleInput } from './record.ts';
export { families, records } from './records/index.ts';
export { floats, integers, type UniformOptions, uniform } from './sample.ts';
