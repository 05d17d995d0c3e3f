/** Opcodes written by hand: text is as it stands, numbers are bytes. */
export function pickle(...parts: readonly (string | number | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part));
  return new Uint8Array([0x80, 2, ...bytes, 0x2e]);
}

/** Text as SHORT_BINUNICODE. */
export function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [0x8c, bytes.length, ...bytes];
}

/** A legacy file of one pickle without storages. */
export function legacy(value: Uint8Array, keys: Uint8Array = pickle(']')): Uint8Array<ArrayBuffer> {
  const magic = pickle(0x8a, 10, [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]);
  return new Uint8Array([...magic, ...pickle('M', 0xe9, 3), ...pickle('}'), ...value, ...keys]);
}
