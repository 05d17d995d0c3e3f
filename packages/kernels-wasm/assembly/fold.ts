import { Conv } from './conv-geometry';

/**
 * Adds columns of patches back to where they came from (col2im): `folded` is `[channels, taps, outHeight, outWidth]`,
 * dx `[channels, height, width]`.
 */
export function foldPatches(s: Conv, folded: usize, channels: i32, dx: usize): void {
  for (let c = 0; c < channels; c++) {
    for (let ky = 0; ky < s.kernelHeight; ky++) {
      const shiftY = ky * s.dilationY - s.padY;
      const beginY = firstInside(shiftY, s.strideY, s.outHeight);
      const endY = endInside(shiftY, s.strideY, s.height, s.outHeight);
      for (let kx = 0; kx < s.kernelWidth; kx++) {
        const shiftX = kx * s.dilationX - s.padX;
        const beginX = firstInside(shiftX, s.strideX, s.outWidth);
        const count = endInside(shiftX, s.strideX, s.width, s.outWidth) - beginX;
        for (let y = beginY; y < endY; y++) {
          addRow(
            dx + (<usize>((y * s.strideY + shiftY) * s.width + beginX * s.strideX + shiftX) << 2),
            folded + (<usize>(y * s.outWidth + beginX) << 2), count, s.strideX,
          );
        }
        folded += <usize>s.outPixels << 2;
      }
    }
    dx += <usize>s.pixels << 2;
  }
}

/** The first output place whose pixel is not before the image. */
@inline
function firstInside(shift: i32, stride: i32, places: i32): i32 {
  return shift >= 0 ? 0 : min(places, (stride - 1 - shift) / stride);
}

/** One past the last output place whose pixel is not after the image. */
@inline
function endInside(shift: i32, stride: i32, extent: i32, places: i32): i32 {
  return shift >= extent ? 0 : min(places, (extent - 1 - shift) / stride + 1);
}

function addRow(to: usize, from: usize, count: i32, stride: i32): void {
  let i = 0;
  if (stride == 1) {
    for (; i + 4 <= count; i += 4) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      to += 16;
      from += 16;
    }
  }
  for (; i < count; i++) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += <usize>stride << 2;
    from += 4;
  }
}
