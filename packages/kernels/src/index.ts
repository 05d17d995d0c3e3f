export type { AvgPool2dAttrs, Conv2dAttrs, KernelAttrs, KernelName, NoAttrs, Pair, Pool2dAttrs, Resize2dAttrs } from './attrs.ts';
export type { Backend, BackendInfo, BackendStats, KernelBuffer, KernelInput, TensorSpec } from './backend.ts';
export { checkRunDType, checkUpload } from './check-run.ts';
export type { DType, TypedArray } from './dtype.ts';
export { bytesPerElement, createTypedArray, dtypes, isFloat, promote } from './dtype.ts';
export {
  ArgumentError,
  BackendError,
  type BufferGroup,
  DisposedError,
  DlError,
  DTypeError,
  FormatError,
  GradientError,
  largestGroups,
  type MemoryHeld,
  OutOfMemoryError,
  ShapeError,
} from './errors.ts';
export type { ArithmeticFn, BinaryFn, ComparisonFn, ReduceFn, UnaryFn } from './functions.ts';
export type { AdamStepAttrs, FusedKernelAttrs, FusedKernelName, SgdStepAttrs } from './fused.ts';
export type { HostTensor } from './host-tensor.ts';
export { type FactorFn, factorEach, factorShape } from './linalg/factor.ts';
export { type SolveKind, solveEach } from './linalg/solve.ts';
export { nearestName } from './nearest-name.ts';
export { type PhiloxCounter, philox4x32, philoxWords } from './philox.ts';
export { createReferenceBackend } from './reference/backend.ts';
export { runReference } from './reference/run-reference.ts';
export { requiredDTypes } from './required.ts';
export type { Shape } from './shape.ts';
export {
  broadcastShapes,
  broadcastStrides,
  checkShape,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
  stridesOf,
} from './shape.ts';
export { concatShape } from './shapes/concat.ts';
export { conv2dShape, convTranspose2dShape } from './shapes/conv2d.ts';
export { gatherShape, indexSelectShape } from './shapes/gather.ts';
export { matmulShape } from './shapes/matmul.ts';
export { padShape } from './shapes/pad.ts';
export { type Pool2dShapeAttrs, pool2dShape } from './shapes/pool2d.ts';
export { reduceShape } from './shapes/reduce.ts';
export { resize2dShape } from './shapes/resize2d.ts';
