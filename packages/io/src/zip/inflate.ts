import { FormatError } from '@dl/kernels';
import { Inflate } from 'fflate';

/** Input a step: Deflate's greatest ratio is 1032, so a step makes at most 17 MB before its length is looked at. */
const stepBytes = 2 ** 14;

/**
 * Unpacks Deflate data that must give exactly `size` bytes; data that gives more is left when it does.
 *
 * @param place - what errors show in brackets
 */
export function inflate(op: string, place: string, packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (chunk.length <= size - length) out.set(chunk, length);
    length += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length && length <= size; at += stepBytes) {
      stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(op, `members must be sound Deflate data, got ${reason} (${place})`);
  }
  if (length !== size) {
    const got = length > size ? 'more' : `${length}`;
    throw new FormatError(op, `members must unpack to the size that they declare, got ${got} and ${size} bytes (${place})`);
  }
  return out;
}
