import { fill32 } from './layout';

/**
 * Images laid out so that every convolution reads them with stride 1 and without tests for the border: zeros around, and for
 * a stride s the pixels of each phase (y mod s, x mod s) in a plane of their own.
 * A tap (ky, kx) of the kernel is then one constant offset from the place of an output pixel.
 */

/** Bytes of one staged channel. */
@inline
export function stagedChannelBytes(extentY: i32, extentX: i32, strideY: i32, strideX: i32): usize {
  return <usize>(strideY * strideX * phaseExtent(extentY, strideY) * phaseExtent(extentX, strideX)) << 2;
}

/** Rows or columns of a phase plane, for an image of `extent` with its borders. */
@inline
export function phaseExtent(extent: i32, stride: i32): i32 {
  return (extent + stride - 1) / stride;
}

/**
 * Stages `channels` consecutive planes of x. `extentY` and `extentX` count the borders; `padY` and `padX` rows and columns of
 * zeros come first, or are cut off where negative.
 */
export function stage(
  to: usize, x: usize, channels: i32, height: i32, width: i32, extentY: i32, extentX: i32, padY: i32, padX: i32,
  strideY: i32, strideX: i32,
): void {
  const rows = phaseExtent(extentY, strideY);
  const columns = phaseExtent(extentX, strideX);
  for (let c = 0; c < channels; c++) {
    for (let phaseY = 0; phaseY < strideY; phaseY++) {
      for (let phaseX = 0; phaseX < strideX; phaseX++) {
        for (let row = 0; row < rows; row++) {
          const y = row * strideY + phaseY - padY;
          if (y < 0 || y >= height) fill32(to, 0, columns);
          else stageRow(to, x + (<usize>(y * width) << 2), width, columns, phaseX - padX, strideX);
          to += <usize>columns << 2;
        }
      }
    }
    x += <usize>(height * width) << 2;
  }
}

/** `to[i] = row[first + i * stride]`, zero outside of the row. */
function stageRow(to: usize, row: usize, width: i32, columns: i32, first: i32, stride: i32): void {
  const begin = first >= 0 ? 0 : min(columns, (stride - 1 - first) / stride);
  const end = first >= width ? begin : max(begin, min(columns, (width - 1 - first) / stride + 1));
  let i = 0;
  for (; i < begin; i++) store<f32>(to + (<usize>i << 2), 0);
  let source = row + (<usize>(first + begin * stride) << 2);
  if (stride == 1) for (; i + 4 <= end; i += 4, source += 16) v128.store(to + (<usize>i << 2), v128.load(source));
  for (; i < end; i++, source += <usize>stride << 2) store<f32>(to + (<usize>i << 2), load<f32>(source));
  for (; i < columns; i++) store<f32>(to + (<usize>i << 2), 0);
}

/** Writes the byte offset of each tap in a staged channel, as 32-bit words. */
export function writeTaps(
  to: usize, kernelHeight: i32, kernelWidth: i32, dilationY: i32, dilationX: i32, strideY: i32, strideX: i32,
  extentY: i32, extentX: i32,
): void {
  const rows = phaseExtent(extentY, strideY);
  const columns = phaseExtent(extentX, strideX);
  for (let ky = 0; ky < kernelHeight; ky++) {
    for (let kx = 0; kx < kernelWidth; kx++) {
      const y = ky * dilationY;
      const x = kx * dilationX;
      const plane = (y % strideY) * strideX + (x % strideX);
      store<u32>(to, ((plane * rows + y / strideY) * columns + x / strideX) << 2);
      to += 4;
    }
  }
}
