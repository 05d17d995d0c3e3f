import type { HostTensor } from '@dl/kernels';

/** A number as JSON has it: rounded to 9 significant digits, and by name where JSON has none. */
export type GoldenNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** One output as PyTorch computed it, in float64. */
export interface GoldenOutput {
  readonly shape: readonly number[];
  readonly kind: 'float' | 'int' | 'bool';
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

/** A golden output in the shape that comparisons take. */
export function goldenTensor({ shape, kind, values }: GoldenOutput): HostTensor {
  const data = goldenNumbers(values);
  return { shape, dtype: kind === 'float' ? 'float64' : kind === 'int' ? 'int32' : 'bool', data };
}

/** Golden numbers as doubles. */
export function goldenNumbers(values: readonly GoldenNumber[]): Float64Array {
  return Float64Array.from(values, Number);
}
