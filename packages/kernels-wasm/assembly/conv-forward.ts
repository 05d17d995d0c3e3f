import { Conv, POINTWISE_BATCH, writePointwiseBatch } from './conv-geometry';
import { PIXELS_AT_ONCE, correlate, correlateWorkspace } from './correlate';
import { gemmWorkspace } from './gemm';
import { matmul } from './matmul';

/** Bytes of workspace for {@link conv2d}. */
export function conv2dWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  return max(gemmWorkspace(), correlateWorkspace(
    s.batch, s.inChannels, s.outChannels, s.taps, s.outPixels, s.height + 2 * s.padY, s.width + 2 * s.padX, s.strideY, s.strideX,
  ));
}

/** $y = w \star x$. */
export function conv2d(p: usize, x: usize, w: usize, y: usize): void {
  const s = changetype<Conv>(p);
  if (s.isPointwise && s.outPixels >= PIXELS_AT_ONCE) {
    const pixelBytes = <usize>s.pixels << 2;
    writePointwiseBatch(s, s.outChannels * s.inChannels, s.inChannels * s.pixels);
    matmul(
      s.outChannels, s.pixels, s.inChannels, w, <usize>s.inChannels << 2, 4, x, pixelBytes, 4, y, 2, p + POINTWISE_BATCH, 0,
    );
    return;
  }
  correlate(
    s.batch, s.groups, x, s.inChannels, s.height, s.width, s.height + 2 * s.padY, s.width + 2 * s.padX,
    s.padY, s.padX, s.strideY, s.strideX, w, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX,
    y, s.outChannels, s.outHeight, s.outWidth,
  );
}
