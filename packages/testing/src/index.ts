export { type Golden, type GoldenNumber, type GoldenOutput, type GoldenSample, goldenTensor } from './golden/golden.ts';
export { type GoldenQuestion, goldenQuestions } from './golden/questions.ts';
export type { OpErrorSample, OpKink, OpRecord, OpSample, OpTolerance, SampleInput } from './record.ts';
export { families, records } from './records/index.ts';
export { floats, integers, type UniformOptions, uniform } from './sample.ts';
