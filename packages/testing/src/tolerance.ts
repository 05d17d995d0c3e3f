import type { HostTensor } from '@dl/kernels';
import type { OpRecord, OpTolerance } from './record.ts';

// Golden values are rounded to 9 significant digits.
const double = 6e-9;
const single: Required<OpTolerance> = { value: 1e-5, gradient: 2e-5 };

/** The difference that `record` allows of a tensor: in float32 its own or the default one, in float64 the precision of the golden values. */
export function toleranceFor({ dtype }: HostTensor, { tolerance }: OpRecord, of: 'value' | 'gradient'): number {
  return dtype === 'float64' ? double : (tolerance?.[of] ?? single[of]!);
}
