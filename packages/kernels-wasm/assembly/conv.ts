import { Conv } from './conv-geometry';
import { depthwise, depthwiseWeightGrad } from './depthwise';
import { foldPatches } from './fold';
import { gemm, packPanels, panel } from './gemm';
import { PLACES_BYTES, describePatches, packPatches } from './patches';
import { phaseExtent, stage, stagedChannelBytes, writeTaps } from './staging';
import { NR, PANEL_ROW, tile1x16, tile2x16, tile4x8 } from './tiles';
import { transposeBlock } from './transpose';

/** Depth of a packed panel of patches: 18 KiB of the first-level cache. */
const KC: i32 = 288;
/** Output pixels that are summed before a weight gradient is touched. */
const GRAD_DEPTH: i32 = 256;
/** Weights beyond this many bytes leave the second-level cache, so several panels meet them at once. */
const LARGE_WEIGHTS: i32 = 384 << 10;
const PANELS_AT_ONCE: i32 = 8;
/** Rows of weights that meet those panels in turn. */
const ROWS: i32 = 128;
/** Small images are convolved together until there are this many pixels. */
const PIXELS_AT_ONCE: i32 = 64;
/** Bytes of folded patches made at a time. */
const FOLD_BYTES: i32 = 512 << 10;

/** Up to this many output channels of one input channel are computed without packing. */
const DIRECT_ROWS: i32 = 3;

const GUARD: usize = 64;
const TILE_BYTES: usize = 256;

@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

@inline
function panelsAtOnce(rows: i32, depth: i32): i32 {
  return rows * depth << 2 > LARGE_WEIGHTS ? PANELS_AT_ONCE : 1;
}

@inline
function panelDepth(channels: i32, taps: i32): i32 {
  return blockChannels(channels, taps) * taps;
}

/** Channels whose patches fill a panel, so that all blocks are nearly of the same length. */
function blockChannels(channels: i32, taps: i32): i32 {
  const most = max(1, KC / taps);
  const blocks = (channels + most - 1) / most;
  return (channels + blocks - 1) / blocks;
}

@inline
function imagesAtOnce(batch: i32, outPixels: i32): i32 {
  return max(1, min(batch, (PIXELS_AT_ONCE + outPixels - 1) / max(1, outPixels)));
}

/**
 * One correlation of staged images with a kernel: the forward pass, and the input gradient with everything mirrored.
 * `rows` output channels a group from `channels` input channels, `extentY` and `extentX` with borders.
 */
function correlateWorkspace(
  batch: i32, channels: i32, rows: i32, taps: i32, outPixels: i32, extentY: i32, extentX: i32, strideY: i32, strideX: i32,
): usize {
  const staged = stagedChannelBytes(extentY, extentX, strideY, strideX) * <usize>(channels * imagesAtOnce(batch, outPixels));
  const panels = panelsAtOnce(rows, channels * taps);
  return (
    align(<usize>taps << 2) + align(PLACES_BYTES) + TILE_BYTES +
    <usize>(panels * panelDepth(channels, taps)) * PANEL_ROW + <usize>(panels * rows) * PANEL_ROW + align(staged) + GUARD
  );
}

function correlate(
  batch: i32, groups: i32, x: usize, channels: i32, height: i32, width: i32, padY: i32, padX: i32, strideY: i32, strideX: i32,
  w: usize, kernelHeight: i32, kernelWidth: i32, dilationY: i32, dilationX: i32,
  y: usize, rows: i32, outHeight: i32, outWidth: i32, workspace: usize,
): void {
  const taps = kernelHeight * kernelWidth;
  const outPixels = outHeight * outWidth;
  const extentY = height + 2 * padY;
  const extentX = width + 2 * padX;
  const channelBytes = stagedChannelBytes(extentY, extentX, strideY, strideX);
  const pitch = <usize>phaseExtent(extentX, strideX) << 2;
  const together = imagesAtOnce(batch, outPixels);
  const panels = panelsAtOnce(rows, channels * taps);
  const inPlace = padY == 0 && padX == 0 && strideY == 1 && strideX == 1;
  const planeBytes = <usize>(height * width) << 2;
  const imageBytes = inPlace ? planeBytes * <usize>(groups * channels) : channelBytes * <usize>channels;
  const weightBytes = <usize>(rows * channels * taps) << 2;

  const offsets = workspace;
  const places = offsets + align(<usize>taps << 2);
  const tile = places + align(PLACES_BYTES);
  const packed = tile + TILE_BYTES;
  const sheet = packed + <usize>(panels * panelDepth(channels, taps)) * PANEL_ROW;
  const staged = sheet + <usize>(panels * rows) * PANEL_ROW;
  writeTaps(offsets, kernelHeight, kernelWidth, dilationY, dilationX, strideY, strideX, extentY, extentX);

  for (let n = 0; n < batch; n += together) {
    const images = min(together, batch - n);
    describePatches(channelBytes, imageBytes, pitch, offsets, taps, outHeight, outWidth, images, places);
    for (let g = 0; g < groups; g++) {
      let source = x + <usize>(n * groups + g) * <usize>channels * planeBytes;
      if (!inPlace) {
        for (let i = 0; i < images; i++) {
          stage(
            staged + <usize>i * imageBytes, source + <usize>(i * groups * channels) * planeBytes,
            channels, height, width, extentY, extentX, padY, padX, strideY, strideX,
          );
        }
        source = staged;
      }
      const weights = w + <usize>g * weightBytes;
      const target = y + (<usize>((n * groups + g) * rows * outPixels) << 2);
      if (channels == 1 && rows <= DIRECT_ROWS) {
        for (let i: usize = 0; i < <usize>images; i++) {
          const image = target + (i * <usize>(groups * rows * outPixels) << 2);
          depthwise(source + i * imageBytes, pitch, weights, offsets, taps, image, rows, outHeight, outWidth);
        }
      } else {
        multiplyPatches(source, channelBytes, channels, weights, taps, rows, target, images, groups, outPixels, panels, packed, sheet, tile);
      }
    }
  }
}

/** The weights `[rows, channels * taps]` times the patches described last, into `images` images of y. */
function multiplyPatches(
  source: usize, channelBytes: usize, channels: i32, weights: usize, taps: i32, rows: i32, y: usize, images: i32, groups: i32,
  outPixels: i32, panels: i32, packed: usize, sheet: usize, tile: usize,
): void {
  const step = blockChannels(channels, taps);
  const weightRow = <usize>(channels * taps) << 2;
  const columns = images * outPixels;
  const yRow = <usize>outPixels << 2;
  const yImage = yRow * <usize>(groups * rows);
  const panelBytes = <usize>(step * taps) * PANEL_ROW;
  const sheetBytes = <usize>rows * PANEL_ROW;
  for (let first = 0; first < columns; first += panels * NR) {
    const last = min(columns, first + panels * NR);
    for (let c = 0; c < channels; c += step) {
      const depth = min(step, channels - c) * taps;
      let to = packed;
      for (let q = first; q < last; q += NR, to += panelBytes) {
        packPatches(to, source + <usize>c * channelBytes, depth / taps, q);
      }
      for (let row = 0; row < rows; row += ROWS) {
        const block = min(ROWS, rows - row);
        const a = weights + <usize>row * weightRow + (<usize>(c * taps) << 2);
        to = packed;
        let spare = sheet + <usize>row * PANEL_ROW;
        for (let q = first; q < last; q += NR, to += panelBytes, spare += sheetBytes) {
          const valid = min(NR, columns - q);
          const image = q / outPixels;
          const pixel = q - image * outPixels;
          if (pixel + valid <= outPixels) {
            const target = y + <usize>image * yImage + <usize>row * yRow + (<usize>pixel << 2);
            panel(block, depth, a, weightRow, 4, to, PANEL_ROW, target, yRow, c > 0, valid, tile);
          } else {
            panel(block, depth, a, weightRow, 4, to, PANEL_ROW, spare, PANEL_ROW, c > 0, NR, tile);
          }
        }
      }
    }
    let spare = sheet;
    for (let q = first; q < last; q += NR, spare += sheetBytes) {
      const valid = min(NR, columns - q);
      if (q % outPixels + valid > outPixels) spread(spare, y, rows, yRow, yImage, outPixels, q, valid);
    }
  }
}

/** Deals the columns of a panel that spans images out to them. */
function spread(sheet: usize, y: usize, rows: i32, yRow: usize, yImage: usize, outPixels: i32, first: i32, valid: i32): void {
  for (let j = 0; j < valid; j++) {
    const image = (first + j) / outPixels;
    let target = y + <usize>image * yImage + (<usize>(first + j - image * outPixels) << 2);
    let from = sheet + (<usize>j << 2);
    for (let i = 0; i < rows; i++) {
      store<f32>(target, load<f32>(from));
      target += yRow;
      from += PANEL_ROW;
    }
  }
}

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
    s.batch, s.groups, x, s.inChannels, s.height, s.width, s.padY, s.padX, s.strideY, s.strideX,
    w, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, y, s.outChannels, s.outHeight, s.outWidth, workspace,
  );
}

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

@inline
function mirroredPad(extent: i32, dilation: i32, pad: i32): i32 {
  return dilation * (extent - 1) - pad;
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
  const padY = mirroredPad(s.kernelHeight, s.dilationY, s.padY);
  const padX = mirroredPad(s.kernelWidth, s.dilationX, s.padX);
  return weightBytes + correlateWorkspace(
    s.batch, s.outChannels, s.inChannels, s.taps, s.pixels, s.outHeight + 2 * padY, s.outWidth + 2 * padX, 1, 1,
  );
}

/** $dx = w^\top dy$. `gemmSpace` is the workspace of the gemm. */
export function conv2dInputGrad(p: usize, dy: usize, w: usize, dx: usize, workspace: usize, gemmSpace: usize): void {
  const s = changetype<Conv>(p);
  const taps = s.taps;
  const depth = s.inChannels * taps;
  const groupWeights = <usize>(s.outChannels * depth) << 2;
  const weightBytes = align(groupWeights * <usize>s.groups);
  if (!s.isPointwise && gradIsCorrelation(s)) {
    mirrorWeights(workspace, w, s.groups, s.outChannels, s.inChannels, taps);
    correlate(
      s.batch, s.groups, dy, s.outChannels, s.outHeight, s.outWidth,
      mirroredPad(s.kernelHeight, s.dilationY, s.padY), mirroredPad(s.kernelWidth, s.dilationX, s.padX), 1, 1,
      workspace, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, dx, s.inChannels, s.height, s.width, workspace + weightBytes,
    );
    return;
  }
  // wT [group][channel, tap][outChannels]
  for (let g: usize = 0; g < <usize>s.groups; g++) {
    transposeBlock(workspace + g * groupWeights, <usize>s.outChannels << 2, w + g * groupWeights, <usize>depth << 2, s.outChannels, depth);
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
        s.inChannels, s.pixels, s.outChannels, weights, <usize>s.outChannels << 2, 4, from, outBytes, 4, to, inBytes, false, gemmSpace,
      );
      continue;
    }
    for (let c = 0; c < s.inChannels; c += block) {
      const channels = min(block, s.inChannels - c);
      gemm(
        channels * taps, s.outPixels, s.outChannels, weights + (<usize>(c * taps * s.outChannels) << 2), <usize>s.outChannels << 2, 4,
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
      stage(staged, x + <usize>i * inBytes, s.inChannels, s.height, s.width, extentY, extentX, s.padY, s.padX, s.strideY, s.strideX);
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
function addWeightGrad(s: Conv, rows: usize, depth: i32, pitch: usize, dy: usize, packed: usize, sums: usize, sumRow: usize): void {
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
            height, width, load<usize>(at) + down, load<usize>(at, 4) + down, load<usize>(at, 8) + down, load<usize>(at, 12) + down, 4, skip,
            b, PANEL_ROW, c, sumRow, true,
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
