import { crc32, inflateSync } from 'node:zlib';

/** The pixels of a PNG in a data URL, read from the specification: 8 bits a channel, no filters. It throws at a wrong checksum. */
export function decodePng(url: string): { width: number; height: number; channels: number; bytes: number[] } {
  const png = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');
  if (png.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== png.readUInt32BE(at + 8 + length)) throw new Error(`wrong checksum at ${at}`);
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  const [header, data] = [chunks.get('IHDR'), chunks.get('IDAT')];
  if (header === undefined || data === undefined || !chunks.has('IEND')) throw new Error('a chunk is missing');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 0 ? 1 : 3;
  const rows = inflateSync(data);
  const stride = 1 + width * channels;
  const bytes = Array.from({ length: height }, (_, y) => [...rows.subarray(y * stride + 1, (y + 1) * stride)]).flat();
  return { width, height, channels, bytes };
}
