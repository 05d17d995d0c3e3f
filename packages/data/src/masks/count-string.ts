import { FormatError } from '@dl/kernels';

/** No count of a mask takes more groups of five bits. */
const maxGroups = 7;

/** Lengths of runs from COCO's string. They may be negative, or not add up: whoever asks checks. */
export function readCountString(op: string, text: string): readonly number[] {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    let groups = 0;
    let code: number;
    do {
      code = text.charCodeAt(at + groups) - 48;
      if (!(code >= 0 && code < 64) || groups === maxGroups) {
        throw new FormatError(op, `counts must be a string that rleToString makes, got ${quote(text, at)} (character ${at})`);
      }
      value += (code & 31) * 32 ** groups;
      groups++;
    } while (code & 32);
    if (code & 16) value -= 32 ** groups;
    at += groups;
    const before = counts.length > 2 ? counts[counts.length - 2] : 0;
    counts.push(value + before);
  }
  return counts;
}

/** COCO's string of lengths of runs: from the fourth on the difference to the last but one, in groups of five bits, the lowest first. */
export function writeCountString(counts: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < counts.length; i++) {
    let rest = i > 2 ? counts[i] - counts[i - 2] : counts[i];
    let more = true;
    while (more) {
      const group = rest & 31;
      rest >>= 5;
      more = rest !== (group & 16 ? -1 : 0);
      text += String.fromCharCode(48 + group + (more ? 32 : 0));
    }
  }
  return text;
}

function quote(text: string, at: number): string {
  return JSON.stringify(text.slice(at, at + maxGroups));
}
