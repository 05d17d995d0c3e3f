import type { HostTensor } from '@dl/kernels';

/** A number as JSON has it: rounded to 9 significant digits, and by name where JSON has none. */
export type GoldenNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** One output as PyTorch computed it, in float64. */
export interface GoldenOutput {
  readonly shape: readonly number[];
  readonly kind: 'float' | 'int' | 'bool';
  /** Row-major; see {@link goldenElements}. */
  readonly values: readonly GoldenNumber[];
}

/** What PyTorch says of one sample. */
export interface GoldenSample {
  /** The fingerprint of the inputs and the expression that it was computed from. */
  readonly hash: string;
  readonly outputs: readonly GoldenOutput[];
  /** The gradients of the weighted sum of the outputs, one a differentiable input. */
  readonly gradients: readonly (readonly GoldenNumber[])[];
}

/** One golden file: what PyTorch says of one op. */
export interface Golden {
  readonly op: string;
  /** The version of PyTorch. */
  readonly torch: string;
  readonly samples: Readonly<Record<string, GoldenSample>>;
}

/** Golden numbers in the form that comparisons take. */
export function goldenTensor(values: readonly GoldenNumber[]): HostTensor {
  return { shape: [values.length], dtype: 'float64', data: Float64Array.from(values, Number) };
}

/** The elements of a tensor that have golden numbers: all of them, or every k-th of a large one; k is odd, so that it does not stay in one column. */
export function goldenElements({ dtype, data }: HostTensor): HostTensor {
  const every = data.length <= 256 ? 1 : Math.ceil(data.length / 128) | 1;
  const chosen = data.filter((_, i) => i % every === 0);
  return { shape: [chosen.length], dtype, data: chosen };
}
