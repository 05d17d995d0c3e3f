import { philoxWords } from '../philox.ts';
import { convert } from './convert.ts';
import type { Kernel } from './view.ts';

export const fill: Kernel<'fill'> = (_, { value }, out) => {
  out.data.fill(convert[out.dtype](value));
};

export const iota: Kernel<'iota'> = (_, { start, step }, out) => {
  const element = convert[out.dtype];
  for (let i = 0; i < out.data.length; i++) out.data[i] = element(start + i * step);
};

export const randomBits: Kernel<'randomBits'> = (_, { key, counter }, out) => {
  const words = philoxWords(key, counter, out.data.length);
  const isBits = out.dtype === 'int32';
  for (let i = 0; i < words.length; i++) out.data[i] = isBits ? words[i] | 0 : (words[i] >>> 8) * 2 ** -24;
};
