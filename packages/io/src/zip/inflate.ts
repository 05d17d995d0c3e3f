import { FormatError } from '@dl/kernels';
import { Inflate, inflateSync } from 'fflate';

/** Input a step: Deflate's greatest ratio is 1032, so a step makes at most 17 MB before its length is looked at. */
const stepBytes = 2 ** 14;

/**
 * Unpacks Deflate data that must give exactly `size` bytes; data that gives more is left when it does.
 *
 * @param place - what errors show in brackets
 */
export function inflate(op: string, place: string, packed: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  try {
    // A stream takes ten times as long for a small picture, and archives may have thousands.
    const { bytes, length } = packed.length > stepBytes ? inflateBySteps(packed, size) : inflateAtOnce(packed, size);
    if (length === size) return bytes;
    const got = length > size ? 'more' : `${length}`;
    throw new FormatError(op, `members must unpack to the size that they declare, got ${got} and ${size} bytes (${place})`);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(op, `members must be sound Deflate data, got ${reason} (${place})`);
  }
}

interface Inflated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What there is, which `bytes` does not hold where it is more than was declared. */
  readonly length: number;
}

function inflateBySteps(packed: Uint8Array, size: number): Inflated {
  const bytes = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (chunk.length <= size - length) bytes.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < packed.length && length <= size; at += stepBytes) {
    stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length);
  }
  return { bytes, length };
}

/** With room for one byte more, by which too much is seen. */
function inflateAtOnce(packed: Uint8Array, size: number): Inflated {
  const out = new Uint8Array(size + 1);
  const { length } = packed.length === 0 ? packed : inflateSync(packed, { out });
  return { bytes: out.slice(0, Math.min(length, size)), length };
}
