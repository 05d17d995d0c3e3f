let table: Uint32Array | undefined;

/**
 * The CRC-32 of zip, gzip and PNG, by the reversed polynomial 0xedb88320.
 *
 * @example
 * crc32(new TextEncoder().encode('123456789')).toString(16) // 'cbf43926'
 * @see https://www.w3.org/TR/png-3/#D-CRCAppendix
 */
export function crc32(bytes: Uint8Array): number {
  table ??= createTable();
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 255];
  return ~crc >>> 0;
}

/** What each byte does to the sum. */
function createTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
