import type { DlError, DType, Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/** One input of a sample: values that every suite, and PyTorch, rebuild alike. */
export interface SampleInput {
  readonly shape: Shape;
  /** `float` becomes float32 or float64, as the suite needs; the others stay. */
  readonly dtype: 'float' | Exclude<DType, 'float32' | 'float64'>;
  /** Row-major values, exactly representable in float32. */
  readonly values: readonly number[];
}

/** One call of an op: inputs, attributes, and the same in PyTorch. */
export interface OpSample {
  /** What is special about it: `stride 2, groups 2`. */
  readonly name: string;
  readonly inputs: readonly SampleInput[];
  /** The call; several outputs as an array. It must use nothing but its arguments. */
  readonly call: (...inputs: Tensor[]) => Tensor | readonly Tensor[];
  /** The same over torch tensors `x0, x1, …` (names `torch`, `F`, `np`, `math` are in scope): a tensor or a tuple. Omit only where PyTorch has no such function. */
  readonly torch?: string | undefined;
  /** Inputs to differentiate by; default: all float ones. `[]` for an op without gradient. */
  readonly differentiable?: readonly number[] | undefined;
  /** Whether second derivatives are checked. Default `true`. */
  readonly secondOrder?: boolean | undefined;
  /** Whether the rows of an input may repeat each other, as those of an expanded view do. Default `true`; not where a matrix must have full rank. */
  readonly repeats?: boolean | undefined;
}

/** One call of an op that reads values before it knows its output's shape: no scope and no gradient spans it. */
export interface OpAsyncSample extends Pick<OpSample, 'name' | 'inputs' | 'torch'> {
  readonly call: (...inputs: Tensor[]) => Promise<Tensor>;
}

/** A point where the derivative is a convention: the gradients that the op promises there, for an upstream gradient of ones. */
export interface OpKink {
  readonly name: string;
  readonly inputs: readonly SampleInput[];
  readonly call: (...inputs: Tensor[]) => Tensor;
  /** One array an input. */
  readonly gradients: readonly (readonly number[])[];
}

/** A call that must throw. */
export interface OpErrorSample {
  readonly name: string;
  readonly inputs: readonly SampleInput[];
  readonly call: (...inputs: Tensor[]) => unknown;
  readonly error: new (op: string, detail: string) => DlError;
  /** The whole message, or a pattern. */
  readonly message: string | RegExp;
}

/** Everything the suites know of one op. A new op needs one record, and no test code. */
export interface OpRecord {
  /** The exported name. */
  readonly name: string;
  readonly samples: readonly OpSample[];
  /** The samples of an asynchronous op, which has no others. */
  readonly asyncSamples?: readonly OpAsyncSample[] | undefined;
  readonly kinks?: readonly OpKink[] | undefined;
  readonly errors?: readonly OpErrorSample[] | undefined;
  /** Allowed differences where the defaults do not fit, each with its reason beside it. */
  readonly tolerance?: OpTolerance | undefined;
}

/** Relative to the magnitude of each element, plus the same absolutely. */
export interface OpTolerance {
  /** float32 against PyTorch and against the float64 reference. Default 1e-5. */
  readonly value?: number | undefined;
  /** Gradients, likewise. Default 2e-5. */
  readonly gradient?: number | undefined;
}
