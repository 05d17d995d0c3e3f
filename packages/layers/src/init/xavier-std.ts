import type { Shape } from '@dl/kernels';
import { calculateFan } from './calculate-fan.ts';

/** $g \sqrt{2 / (\text{fanIn} + \text{fanOut})}$. */
export function xavierStd(shape: Shape, gain = 1): number {
  const { fanIn, fanOut } = calculateFan(shape);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}
