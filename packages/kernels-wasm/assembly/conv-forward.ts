import { Conv } from './conv-geometry';
import { PIXELS_AT_ONCE, correlate, correlateWorkspace } from './correlate';
import { gemm } from './gemm';

/** Bytes of workspace for {@link conv2d}, the gemm's aside. */
export function conv2dWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  return correlateWorkspace(
    s.batch, s.inChannels, s.outChannels, s.taps, s.outPixels, s.height + 2 * s.padY, s.width + 2 * s.padX, s.strideY, s.strideX,
  );
}

/** $y = w \star x$. */
export function conv2d(p: usize, x: usize, w: usize, y: usize, workspace: usize): void {
  const s = changetype<Conv>(p);
  if (s.isPointwise && s.outPixels >= PIXELS_AT_ONCE) {
    const pixelBytes = <usize>s.pixels << 2;
    for (let i = 0; i < s.batch * s.groups; i++) {
      gemm(
        s.outChannels, s.pixels, s.inChannels,
        w + (<usize>((i % s.groups) * s.outChannels * s.inChannels) << 2), <usize>s.inChannels << 2, 4,
        x + <usize>(i * s.inChannels) * pixelBytes, pixelBytes, 4,
        y + <usize>(i * s.outChannels) * pixelBytes, pixelBytes, false, workspace,
      );
    }
    return;
  }
  correlate(
    s.batch, s.groups, x, s.inChannels, s.height, s.width, s.height + 2 * s.padY, s.width + 2 * s.padX,
    s.padY, s.padX, s.strideY, s.strideX, w, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX,
    y, s.outChannels, s.outHeight, s.outWidth, workspace,
  );
}
