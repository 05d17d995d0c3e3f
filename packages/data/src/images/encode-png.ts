import { crc32 } from '@dl/io';
import { DTypeError, formatShape, type HostTensor, ShapeError, sizeOf } from '@dl/kernels';
import { pngSignature } from './png/chunks.ts';
import { paeth } from './png/unfilter.ts';

const op = 'encodePng';
const colorTypeOf: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [3, 2],
  [4, 6],
]);

/** What each of the five filters expects a byte to be, by those to its left, above it, and above that to its left. */
const filters: ReadonlyArray<(left: number, above: number, corner: number) => number> = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/**
 * Writes a picture as PNG, in Node and in browsers.
 *
 * @param image - uint8 `[c, h, w]`, c 1 (grey), 3 (RGB) or 4 (RGBA)
 * @throws {@link ShapeError} for another shape, {@link DTypeError} for another dtype
 * @example
 * const file = await encodePng({ shape: [1, 2, 2], dtype: 'uint8', data: new Uint8Array([0, 255, 255, 0]) });
 * (await decodeImage(file)).data // Uint8Array [0, 255, 255, 0]
 */
export async function encodePng(image: HostTensor): Promise<Uint8Array<ArrayBuffer>> {
  const { shape, dtype, data } = image;
  const [channels, height, width] = shape;
  const colorType = colorTypeOf.get(channels);
  if (shape.length !== 3 || colorType === undefined || sizeOf(shape) === 0 || data.length !== sizeOf(shape)) {
    throw new ShapeError(op, `an image must be [c, h, w] with 1, 3 or 4 channels and pixels, got ${formatShape(shape)}`);
  }
  if (!(data instanceof Uint8Array) || dtype !== 'uint8') throw new DTypeError(op, `an image must be uint8, got ${dtype}`);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colorType], 8);
  const rows = new Blob([filterRows(data, channels, height, width)]).stream().pipeThrough(new CompressionStream('deflate'));
  const packed = new Uint8Array(await new Response(rows).arrayBuffer());
  const chunks = [chunk('IHDR', header), chunk('IDAT', packed), chunk('IEND', new Uint8Array(0))];
  return new Uint8Array(await new Blob([new Uint8Array(pngSignature), ...chunks]).arrayBuffer());
}

/** Each row by the filter that leaves the smallest numbers, which the specification recommends. */
function filterRows(planes: Uint8Array, channels: number, height: number, width: number): Uint8Array<ArrayBuffer> {
  const rowBytes = width * channels;
  const out = new Uint8Array(height * (1 + rowBytes));
  const candidate = new Uint8Array(rowBytes);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y++) {
    const row = interleave(planes, channels, height, width, y);
    const best = out.subarray(y * (1 + rowBytes), (y + 1) * (1 + rowBytes));
    let least = Infinity;
    filters.forEach((expected, filter) => {
      const cost = applyFilter(expected, row, above, channels, candidate);
      if (cost >= least) return;
      least = cost;
      best[0] = filter;
      best.set(candidate, 1);
    });
    above = row;
  }
  return out;
}

/** Writes what the filter leaves to `out`; returns the sum of its absolute values. */
function applyFilter(
  expected: (left: number, above: number, corner: number) => number,
  row: Uint8Array,
  above: Uint8Array,
  step: number,
  out: Uint8Array,
): number {
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step];
    const corner = i < step ? 0 : above[i - step];
    out[i] = row[i] - expected(left, above[i], corner);
    cost += Math.min(out[i], 256 - out[i]);
  }
  return cost;
}

function interleave(planes: Uint8Array, channels: number, height: number, width: number, y: number): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(width * channels);
  for (let c = 0; c < channels; c++) {
    const from = (c * height + y) * width;
    for (let x = 0; x < width; x++) row[x * channels + c] = planes[from + x];
  }
  return row;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}
