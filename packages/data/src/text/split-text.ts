import { ArgumentError } from '@dl/kernels';

/**
 * The beginning of a text to train on and its end to validate with: windows drawn at random would share their surroundings.
 *
 * @param validation - the fraction of the end, in (0, 1)
 * @throws ArgumentError when the fraction is out of its range
 * @example
 * splitText('0123456789', 0.2) // { train: '01234567', validation: '89' }
 */
export function splitText(text: string, validation: number): { readonly train: string; readonly validation: string } {
  if (!(validation > 0 && validation < 1))
    throw new ArgumentError('splitText', `validation must be in (0, 1), got ${validation}`);
  const cut = Math.round(text.length * (1 - validation));
  // Not through a surrogate pair.
  const at = cut + Number((text.codePointAt(cut - 1) ?? 0) > 0xffff);
  return { train: text.slice(0, at), validation: text.slice(at) };
}
