import { align } from './common';
import { Conv } from './conv-geometry';
import { DIRECT_ROWS, correlate, correlateWorkspace } from './correlate';
import { foldPatches } from './fold';
import { gemm } from './gemm';
import { transposeBlock } from './transpose';

/** Bytes of folded patches made at a time. */
const FOLD_BYTES: i32 = 512 << 10;

/**
 * Whether the input gradient is a correlation of dy with the mirrored kernel; else patches are made and folded.
 * In eighths of a cycle for each tap: a product costs 1, a packed element 3, one that is made, stored and folded 8 (measured).
 */
function gradIsCorrelation(s: Conv): bool {
  if (s.strideY != 1 || s.strideX != 1) return false;
  if (s.outChannels == 1 && s.inChannels <= DIRECT_ROWS) return true;
  const correlation = <f64>s.pixels * s.outChannels * (s.inChannels + 3);
  const folding = <f64>s.outPixels * s.inChannels * (s.outChannels + 8);
  return correlation <= folding;
}

/** Rows or columns of dy that the mirrored kernel meets. */
@inline
function mirroredExtent(extent: i32, taps: i32, dilation: i32): i32 {
  return extent + dilation * (taps - 1);
}

@inline
function foldChannels(s: Conv): i32 {
  return max(1, min(s.inChannels, FOLD_BYTES / max(1, s.taps * s.outPixels << 2)));
}

/** Bytes of workspace for {@link conv2dInputGrad}, the gemm's aside. */
export function conv2dInputGradWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  const weightBytes = align(<usize>(s.groups * s.outChannels * s.inChannels * s.taps) << 2);
  if (!gradIsCorrelation(s)) return weightBytes + align(<usize>(foldChannels(s) * s.taps * s.outPixels) << 2);
  return weightBytes + correlateWorkspace(
    s.batch, s.outChannels, s.inChannels, s.taps, s.pixels,
    mirroredExtent(s.height, s.kernelHeight, s.dilationY), mirroredExtent(s.width, s.kernelWidth, s.dilationX), 1, 1,
  );
}

/** $dx = w^\top dy$. `gemmSpace` is the workspace of the gemm. */
export function conv2dInputGrad(p: usize, dy: usize, w: usize, dx: usize, workspace: usize, gemmSpace: usize): void {
  const s = changetype<Conv>(p);
  const taps = s.taps;
  const depth = s.inChannels * taps;
  const groupWeights = <usize>(s.outChannels * depth) << 2;
  const weightBytes = align(groupWeights * <usize>s.groups);
  const weightRow = <usize>s.outChannels << 2;
  if (!s.isPointwise && gradIsCorrelation(s)) {
    mirrorWeights(workspace, w, s.groups, s.outChannels, s.inChannels, taps);
    correlate(
      s.batch, s.groups, dy, s.outChannels, s.outHeight, s.outWidth,
      mirroredExtent(s.height, s.kernelHeight, s.dilationY), mirroredExtent(s.width, s.kernelWidth, s.dilationX),
      s.dilationY * (s.kernelHeight - 1) - s.padY, s.dilationX * (s.kernelWidth - 1) - s.padX, 1, 1,
      workspace, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX,
      dx, s.inChannels, s.height, s.width, workspace + weightBytes,
    );
    return;
  }
  // wT [group][channel, tap][outChannels]
  for (let g: usize = 0; g < <usize>s.groups; g++) {
    const at = g * groupWeights;
    transposeBlock(workspace + at, weightRow, w + at, <usize>depth << 2, s.outChannels, depth);
  }
  const outBytes = <usize>s.outPixels << 2;
  const inBytes = <usize>s.pixels << 2;
  const block = foldChannels(s);
  const folded = workspace + weightBytes;
  if (!s.isPointwise) memory.fill(dx, 0, <usize>(s.batch * s.groups * s.inChannels) * inBytes);
  for (let i = 0; i < s.batch * s.groups; i++) {
    const weights = workspace + <usize>(i % s.groups) * groupWeights;
    const from = dy + <usize>(i * s.outChannels) * outBytes;
    const to = dx + <usize>(i * s.inChannels) * inBytes;
    if (s.isPointwise) {
      gemm(
        s.inChannels, s.pixels, s.outChannels, weights, weightRow, 4, from, outBytes, 4, to, inBytes, false, gemmSpace,
      );
      continue;
    }
    for (let c = 0; c < s.inChannels; c += block) {
      const channels = min(block, s.inChannels - c);
      gemm(
        channels * taps, s.outPixels, s.outChannels, weights + <usize>(c * taps) * weightRow, weightRow, 4,
        from, outBytes, 4, folded, outBytes, false, gemmSpace,
      );
      foldPatches(s, folded, channels, to + <usize>c * inBytes);
    }
  }
}

/** `to[g][c][o][t] = w[g][o][c][taps - 1 - t]`. */
function mirrorWeights(to: usize, w: usize, groups: i32, outChannels: i32, inChannels: i32, taps: i32): void {
  const kernelBytes = <usize>taps << 2;
  for (let g = 0; g < groups; g++) {
    for (let c = 0; c < inChannels; c++) {
      for (let o = 0; o < outChannels; o++) {
        let from = w + <usize>((g * outChannels + o) * inChannels + c + 1) * kernelBytes;
        for (let t = 0; t < taps; t++) {
          from -= 4;
          store<f32>(to, load<f32>(from));
          to += 4;
        }
      }
    }
  }
}
