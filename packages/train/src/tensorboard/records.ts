import { FormatError } from '@dl/kernels';
import { maskedCrc32c } from './crc32c.ts';

/** Bytes of a record before its data: a length of 64 bits and its CRC. */
const headBytes = 12;

/** Bytes after it: the CRC of the data. */
const tailBytes = 4;

/**
 * A record of TensorFlow's: `length` (64 bits), its masked CRC-32C, the data, their masked CRC-32C, all little-endian.
 *
 * @see https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(headBytes + data.length + tailBytes);
  const view = new DataView(record.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, headBytes);
  view.setUint32(headBytes + data.length, maskedCrc32c(data), true);
  return record;
}

/** Records joined. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The data of each record, as views of `bytes`, and where in them the record ends.
 *
 * @throws {@link FormatError} at the first record that is cut off or whose length or data do not have their CRC; those before it have been given
 */
export function* decodeRecords(op: string, bytes: Uint8Array): Generator<{ readonly data: Uint8Array; readonly end: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const data = decodeRecord(op, bytes, view, at);
    at += headBytes + data.length + tailBytes;
    yield { data, end: at };
  }
}

function decodeRecord(op: string, bytes: Uint8Array, view: DataView, at: number): Uint8Array {
  const left = bytes.length - at;
  if (left < headBytes) throw cutOff(op, at, headBytes + tailBytes, left);
  checkCrc(op, `the length at byte ${at}`, bytes.subarray(at, at + 8), view.getUint32(at + 8, true));
  const length = view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true);
  if (left < headBytes + length + tailBytes) throw cutOff(op, at, headBytes + length + tailBytes, left);
  const data = bytes.subarray(at + headBytes, at + headBytes + length);
  checkCrc(op, `the data at byte ${at + headBytes}`, data, view.getUint32(at + headBytes + length, true));
  return data;
}

function cutOff(op: string, at: number, needed: number, left: number): FormatError {
  return new FormatError(op, `a record must be whole, got ${left} of ${needed} bytes (at byte ${at})`);
}

function checkCrc(op: string, what: string, bytes: Uint8Array, expected: number): void {
  const actual = maskedCrc32c(bytes);
  if (actual === expected) return;
  const [is, told] = [actual, expected].map((crc) => crc.toString(16).padStart(8, '0'));
  throw new FormatError(op, `${what} must have the CRC that is told, got ${is} and ${told}`);
}
