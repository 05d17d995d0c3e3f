import { convert } from './convert.ts';
import type { Kernel } from './view.ts';

export const cast: Kernel<'cast'> = ([x], _, out) => {
  const element = convert[out.dtype];
  for (let i = 0; i < out.data.length; i++) out.data[i] = element(x.data[i]);
};
