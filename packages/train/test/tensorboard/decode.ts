import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';

const schema = readFileSync(new URL('event.proto', import.meta.url), 'utf8');
const { root } = protobuf.parse(schema, { keepCase: true });
const Event = root.lookupType('tensorboard.Event');

/** Events of a file as protobufjs reads them; the records are taken apart as their description says, with no code of the package. */
export function decodeWithProtobufjs(bytes: Uint8Array): Record<string, unknown>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const events: Record<string, unknown>[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    check(view.getUint32(at + 8, true), bytes.subarray(at, at + 8));
    const data = bytes.subarray(at + 12, at + 12 + length);
    check(view.getUint32(at + 12 + length, true), data);
    events.push(Event.toObject(Event.decode(data), { longs: Number, enums: String, bytes: Array }));
    at += length + 16;
  }
  return events;
}

/** `masked_crc = ((crc >> 15) | (crc << 17)) + 0xa282ead8`, with the CRC bit by bit. */
function check(masked: number, bytes: Uint8Array): void {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1n) ^ (crc & 1n ? 0x82f63b78n : 0n);
  }
  crc ^= 0xffffffffn;
  const expected = (((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn;
  if (BigInt(masked) !== expected) throw new Error(`the CRC must be ${expected}, got ${masked}`);
}
