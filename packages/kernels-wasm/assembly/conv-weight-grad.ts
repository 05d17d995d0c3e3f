import { align } from './common';
import { Conv } from './conv-geometry';
import { depthwiseWeightGrad } from './depthwise';
import { packPanels } from './gemm';
import { phaseExtent, stage, stagedChannelBytes, writeTaps } from './staging';
import { NR, PANEL_ROW, tile1x16, tile2x16, tile4x8 } from './tiles';
import { transposeBlock } from './transpose';

/** Output pixels that are summed before a weight gradient is touched. */
const GRAD_DEPTH: i32 = 256;

/** Kernels read up to a line past staged images. */
const GUARD: usize = 64;

@inline
function gradRows(s: Conv): i32 {
  const most = max(1, GRAD_DEPTH / max(1, s.outWidth));
  const blocks = (s.outHeight + most - 1) / most;
  return (s.outHeight + blocks - 1) / max(1, blocks);
}

/** Bytes of workspace for {@link conv2dWeightGrad}. */
export function conv2dWeightGradWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  const panels = <usize>((s.outChannels + NR - 1) / NR);
  const channelBytes = stagedChannelBytes(s.height + 2 * s.padY, s.width + 2 * s.padX, s.strideY, s.strideX);
  return (
    align(<usize>s.taps << 2) + <usize>(s.groups * s.inChannels * s.taps) * panels * PANEL_ROW +
    panels * <usize>(gradRows(s) * s.outWidth) * PANEL_ROW + align(<usize>(s.inChannels * s.taps + 4) << 2) +
    align(channelBytes * <usize>s.inChannels) + GUARD
  );
}

/** $dw = dy \star x$, summed over the batch image by image, so that it has the same bits always. */
export function conv2dWeightGrad(p: usize, x: usize, dy: usize, dw: usize, workspace: usize): void {
  const s = changetype<Conv>(p);
  const taps = s.taps;
  const depth = s.inChannels * taps;
  const panels = (s.outChannels + NR - 1) / NR;
  const extentY = s.height + 2 * s.padY;
  const extentX = s.width + 2 * s.padX;
  const channelBytes = stagedChannelBytes(extentY, extentX, s.strideY, s.strideX);
  const pitch = <usize>phaseExtent(extentX, s.strideX) << 2;
  const sumRow = <usize>panels * PANEL_ROW;
  const inBytes = <usize>(s.inChannels * s.pixels) << 2;
  const outBytes = <usize>(s.outChannels * s.outPixels) << 2;

  const offsets = workspace;
  const sums = offsets + align(<usize>taps << 2);
  const packed = sums + <usize>(s.groups * depth) * sumRow;
  const rows = packed + <usize>(panels * gradRows(s) * s.outWidth) * PANEL_ROW;
  const staged = rows + align(<usize>(depth + 4) << 2);
  writeTaps(offsets, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, s.strideY, s.strideX, extentY, extentX);
  memory.fill(sums, 0, <usize>(s.groups * depth) * sumRow);
  if (s.outPixels > 0) {
    for (let i = 0; i < s.batch * s.groups; i++) {
      const g = i % s.groups;
      stage(
        staged, x + <usize>i * inBytes, s.inChannels, s.height, s.width, extentY, extentX, s.padY, s.padX, s.strideY, s.strideX,
      );
      const target = sums + <usize>(g * depth) * sumRow;
      const gradient = dy + <usize>i * outBytes;
      if (s.inChannels == 1 && s.outChannels == 1) {
        depthwiseWeightGrad(staged, pitch, gradient, offsets, taps, target, sumRow, s.outHeight, s.outWidth);
      } else {
        writeRows(rows, staged, channelBytes, s.inChannels, offsets, taps);
        addWeightGrad(s, rows, depth, pitch, gradient, packed, target, sumRow);
      }
    }
  }
  for (let g: usize = 0; g < <usize>s.groups; g++) {
    const groupBytes = <usize>(s.outChannels * depth) << 2;
    transposeBlock(dw + g * groupBytes, <usize>depth << 2, sums + g * <usize>depth * sumRow, sumRow, depth, s.outChannels);
  }
}

/** Where each row of the patches starts, for {@link addWeightGrad}. */
function writeRows(to: usize, staged: usize, channelBytes: usize, channels: i32, offsets: usize, taps: i32): void {
  for (let c = 0; c < channels; c++) {
    for (let t: usize = 0; t < <usize>taps; t++) {
      store<u32>(to, staged + load<u32>(offsets + (t << 2)));
      to += 4;
    }
    staged += channelBytes;
  }
}

/** `sums[row] += patches[row] · dyᵀ` for one image: the patches are read in place, dy is packed. */
function addWeightGrad(
  s: Conv, rows: usize, depth: i32, pitch: usize, dy: usize, packed: usize, sums: usize, sumRow: usize,
): void {
  const width = s.outWidth;
  const skip = pitch - (<usize>width << 2);
  const block = gradRows(s);
  for (let y = 0; y < s.outHeight; y += block) {
    const height = min(block, s.outHeight - y);
    const length = height * width;
    packPanels(packed, dy + (<usize>(y * width) << 2), 4, <usize>s.outPixels << 2, length, s.outChannels);
    const down = <usize>y * pitch;
    for (let o = 0; o < s.outChannels; o += NR) {
      const b = packed + (<usize>(o * length) << 2);
      let c = sums + (<usize>o << 2);
      let r = 0;
      if (s.outChannels - o <= 8) {
        for (; r + 4 <= depth; r += 4) {
          const at = rows + (<usize>r << 2);
          tile4x8(
            height, width, load<usize>(at) + down, load<usize>(at, 4) + down, load<usize>(at, 8) + down,
            load<usize>(at, 12) + down, 4, skip, b, PANEL_ROW, c, sumRow, true,
          );
          c += sumRow << 2;
        }
      }
      for (; r + 2 <= depth; r += 2) {
        const at = rows + (<usize>r << 2);
        tile2x16(height, width, load<usize>(at) + down, load<usize>(at, 4) + down, 4, skip, b, PANEL_ROW, c, sumRow, true);
        c += sumRow << 1;
      }
      if (r < depth) tile1x16(height, width, load<usize>(rows + (<usize>r << 2)) + down, 4, skip, b, PANEL_ROW, c, true);
    }
  }
}
