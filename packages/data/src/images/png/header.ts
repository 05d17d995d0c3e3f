import { FormatError } from '@dl/kernels';

/** What IHDR says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly color: PngColor;
  /** Samples a pixel. */
  readonly channels: number;
  readonly isInterlaced: boolean;
}

export type PngColor = 'grey' | 'rgb' | 'palette' | 'greyAlpha' | 'rgba';

interface ColorType {
  readonly color: PngColor;
  readonly channels: number;
  readonly depths: readonly number[];
}

const colorTypes: ReadonlyMap<number, ColorType> = new Map<number, ColorType>([
  [0, { color: 'grey', channels: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { color: 'rgb', channels: 3, depths: [8, 16] }],
  [3, { color: 'palette', channels: 1, depths: [1, 2, 4, 8] }],
  [4, { color: 'greyAlpha', channels: 2, depths: [8, 16] }],
  [6, { color: 'rgba', channels: 4, depths: [8, 16] }],
]);

/** @throws FormatError when a field has no meaning */
export function readPngHeader(op: string, bytes: Uint8Array): PngHeader {
  if (bytes.length !== 13) throw new FormatError(op, `IHDR has 13 bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [depth, colorType, compression, filter, interlace] = bytes.subarray(8);
  const type = colorTypes.get(colorType);
  if (type === undefined)
    throw new FormatError(op, `the PNG colour type must be ${[...colorTypes.keys()].join(', ')}, got ${colorType}`);
  const { color, channels, depths } = type;
  if (!depths.includes(depth))
    throw new FormatError(op, `the depth of colour type ${colorType} must be ${depths.join(', ')}, got ${depth}`);
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw new FormatError(
      op,
      `PNG compression, filter and interlacing must be 0, 0 and 0 or 1, got ${compression}, ${filter} and ${interlace}`,
    );
  }
  return { width: view.getUint32(0), height: view.getUint32(4), depth, color, channels, isInterlaced: interlace === 1 };
}
