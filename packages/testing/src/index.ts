export type { OpErrorSample, OpKink, OpRecord, OpSample, OpTolerance, SampleInput } from './record.ts';
export { floats, integers, uniform, type UniformOptions } from './sample.ts';
