export type { DType, Shape, TypedArray } from '@dl/kernels';
export {
  ArgumentError,
  BackendError,
  DisposedError,
  DlError,
  DTypeError,
  FormatError,
  GradientError,
  ShapeError,
} from '@dl/kernels';
export { type BackendName, currentBackend, useBackend } from './core/backend.ts';
export { type NestedArray, type TensorData, type TensorOptions, tensor } from './core/create.ts';
export { apply, type Op, type OpRules, type Rule, type RuleContext, ruleFor } from './core/op.ts';
export type { Operand } from './core/operands.ts';
export { Parameter, type ParameterOptions } from './core/parameter.ts';
export { installRecorder, isRecording, notifyRecorders, type Recorder, withoutRecording, withRecorder } from './core/recorder.ts';
export { keep, openScope, runScope, tidy } from './core/scope.ts';
export { type Freed, type NestedNumbers, Tensor } from './core/tensor.ts';
export { add } from './ops/arithmetic/add.ts';
export { mul } from './ops/arithmetic/mul.ts';
export { greater } from './ops/comparison/greater.ts';
export { onesLike } from './ops/create/ones-like.ts';
export { zerosLike } from './ops/create/zeros-like.ts';
export { cast } from './ops/elementwise/cast.ts';
export { exp } from './ops/elementwise/exp.ts';
export { relu } from './ops/elementwise/relu.ts';
export { indexSelect } from './ops/indexing/index-select.ts';
export { alias } from './ops/layout/alias.ts';
export { concat } from './ops/layout/concat.ts';
export { expandTo } from './ops/layout/expand.ts';
export { flatten } from './ops/layout/flatten.ts';
export { flip } from './ops/layout/flip.ts';
export { movedim } from './ops/layout/movedim.ts';
export { type PadMode, type PadOptions, pad } from './ops/layout/pad.ts';
export { permute } from './ops/layout/permute.ts';
export { reshape } from './ops/layout/reshape.ts';
export { type SliceRange, slice } from './ops/layout/slice.ts';
export { squeeze } from './ops/layout/squeeze.ts';
export { transpose } from './ops/layout/transpose.ts';
export { unsqueeze } from './ops/layout/unsqueeze.ts';
export { type MatmulOptions, matmul } from './ops/linear/matmul.ts';
export type { Axes, ReduceOptions } from './ops/reduce/reduce-op.ts';
export { sum } from './ops/reduce/sum.ts';
export { sumTo } from './ops/reduce/sum-to.ts';
