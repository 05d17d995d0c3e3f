/** The unsigned LEB128 number at the cursor, which moves past it. */
export function readUnsigned(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[cursor.at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}
