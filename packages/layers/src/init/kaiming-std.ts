import { ArgumentError, type Shape } from '@dl/kernels';
import { calculateFan } from './calculate-fan.ts';
import { calculateGain } from './calculate-gain.ts';
import type { KaimingOptions } from './kaiming-uniform.ts';

/** $g / \sqrt{\text{fan}}$. */
export function kaimingStd(shape: Shape, { mode = 'fanIn', nonlinearity = 'leakyRelu', a = 0 }: KaimingOptions): number {
  if (mode !== 'fanIn' && mode !== 'fanOut') {
    throw new ArgumentError('kaiming', `mode must be 'fanIn' or 'fanOut', got ${String(mode)}`);
  }
  return calculateGain(nonlinearity, a) / Math.sqrt(calculateFan(shape)[mode]);
}
