import { align } from './common';
import { depthwise } from './depthwise';
import { panel } from './gemm';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { PRODUCT } from './matmul';
import { PLACES_BYTES, describePatches, packPatches } from './patches';
import { phaseExtent, stage, stagedChannelBytes, writeTaps } from './staging';
import { NR, PANEL_ROW } from './tiles';

/** Depth of a packed panel of patches: 18 KiB of the first-level cache. */
const KC: i32 = 288;
/** Weights beyond this many bytes leave the second-level cache, so several panels meet them at once. */
const LARGE_WEIGHTS: i32 = 384 << 10;
const PANELS_AT_ONCE: i32 = 8;
/** Rows of weights that meet those panels in turn. */
const ROWS: i32 = 128;
/** Small images are convolved together until there are this many pixels. */
export const PIXELS_AT_ONCE: i32 = 64;
/** Up to this many output channels of one input channel are computed without packing. */
export const DIRECT_ROWS: i32 = 3;

/** Tasks that a correlation is cut into, about; products of one, at least. */
const TASKS: i32 = 64;
const TASK_PRODUCTS: f64 = 500_000;
/** Tasks below which images are cut too. Each of their pieces stages the image: that must be little beside `STAGING` products. */
const FEW_TASKS: i32 = 16;
const STAGING: i32 = 144;

/** Kernels read up to a line past staged images. */
const GUARD: usize = 64;
const TILE_BYTES: usize = 256;

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

/** Bytes of workspace for {@link correlate}. `extentY` and `extentX` count the borders. */
export function correlateWorkspace(
  batch: i32, channels: i32, rows: i32, taps: i32, outPixels: i32, extentY: i32, extentX: i32, strideY: i32, strideX: i32,
): usize {
  const staged = stagedChannelBytes(extentY, extentX, strideY, strideX) * <usize>(channels * imagesAtOnce(batch, outPixels));
  const panels = panelsAtOnce(rows, channels * taps);
  return (
    align(<usize>taps << 2) + align(PLACES_BYTES) + TILE_BYTES +
    <usize>(panels * panelDepth(channels, taps)) * PANEL_ROW + <usize>(panels * rows) * PANEL_ROW + align(staged) + GUARD
  );
}

/** A correlation, in tasks of a few units: a piece of the pixels of one group of channels of some images. */
@unmanaged
class Correlation {
  batch: i32;
  groups: i32;
  x: usize;
  channels: i32;
  height: i32;
  width: i32;
  extentY: i32;
  extentX: i32;
  padY: i32;
  padX: i32;
  strideY: i32;
  strideX: i32;
  w: usize;
  kernelHeight: i32;
  kernelWidth: i32;
  dilationY: i32;
  dilationX: i32;
  y: usize;
  rows: i32;
  outHeight: i32;
  outWidth: i32;
  together: i32;
  panels: i32;
  /** Panels of a piece, and pieces of an image. */
  length: i32;
  pieces: i32;
  units: i32;
  share: i32;
}

/**
 * Correlates images with a kernel: the forward pass, and the input gradient with everything mirrored. Each group makes `rows`
 * output channels of `channels` input channels. The images are read as `extentY` rows of `extentX`, of which `padY` and `padX`
 * come before them. Needs {@link correlateWorkspace}.
 */
export function correlate(
  batch: i32, groups: i32, x: usize, channels: i32, height: i32, width: i32, extentY: i32, extentX: i32,
  padY: i32, padX: i32, strideY: i32, strideX: i32, w: usize, kernelHeight: i32, kernelWidth: i32, dilationY: i32, dilationX: i32,
  y: usize, rows: i32, outHeight: i32, outWidth: i32,
): void {
  const s = changetype<Correlation>(newJob());
  s.batch = batch;
  s.groups = groups;
  s.x = x;
  s.channels = channels;
  s.height = height;
  s.width = width;
  s.extentY = extentY;
  s.extentX = extentX;
  s.padY = padY;
  s.padX = padX;
  s.strideY = strideY;
  s.strideX = strideX;
  s.w = w;
  s.kernelHeight = kernelHeight;
  s.kernelWidth = kernelWidth;
  s.dilationY = dilationY;
  s.dilationX = dilationX;
  s.y = y;
  s.rows = rows;
  s.outHeight = outHeight;
  s.outWidth = outWidth;
  const taps = kernelHeight * kernelWidth;
  const outPixels = outHeight * outWidth;
  s.together = imagesAtOnce(batch, outPixels);
  s.panels = panelsAtOnce(rows, channels * taps);
  const images = tasksOf(batch, s.together) * groups;
  const work = <f64>batch * groups * channels * taps * rows * outPixels;
  const steps = (s.together * outPixels + s.panels * NR - 1) / (s.panels * NR);
  const isDirect = channels == 1 && rows <= DIRECT_ROWS;
  const wanted = min(tasksOf(FEW_TASKS, max(1, images)), min(taps * rows / STAGING, <i32>min(<f64>FEW_TASKS, work / 4e6)));
  s.length = isDirect || wanted <= 1 ? steps : tasksOf(steps, wanted);
  s.pieces = s.length > 0 ? tasksOf(steps, s.length) : 1;
  s.units = images * s.pieces;
  s.share = shareOf(s.units, work + <f64>s.units * channels * (extentY * extentX), TASK_PRODUCTS, TASKS);
  runJob(correlateUnits, tasksOf(s.units, s.share), PRODUCT * <f32>work);
}

function correlateUnits(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Correlation>(job);
  const taps = s.kernelHeight * s.kernelWidth;
  const offsets = workspace;
  writeTaps(
    offsets, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, s.strideY, s.strideX, s.extentY, s.extentX,
  );
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const image = unit / s.pieces;
    const n = image / s.groups;
    correlateUnit(s, n * s.together, image - n * s.groups, unit - image * s.pieces, offsets, workspace + align(<usize>taps << 2));
  }
}

/** One piece of group `g` of the images from `n` on. */
function correlateUnit(s: Correlation, n: i32, g: i32, piece: i32, offsets: usize, places: usize): void {
  const channels = s.channels;
  const rows = s.rows;
  const taps = s.kernelHeight * s.kernelWidth;
  const outPixels = s.outHeight * s.outWidth;
  const channelBytes = stagedChannelBytes(s.extentY, s.extentX, s.strideY, s.strideX);
  const pitch = <usize>phaseExtent(s.extentX, s.strideX) << 2;
  const inPlace =
    s.padY == 0 && s.padX == 0 && s.extentY == s.height && s.extentX == s.width && s.strideY == 1 && s.strideX == 1;
  const planeBytes = <usize>(s.height * s.width) << 2;
  const imageBytes = inPlace ? planeBytes * <usize>(s.groups * channels) : channelBytes * <usize>channels;
  const images = min(s.together, s.batch - n);

  const tile = places + align(PLACES_BYTES);
  const packed = tile + TILE_BYTES;
  const sheet = packed + <usize>(s.panels * panelDepth(channels, taps)) * PANEL_ROW;
  const staged = sheet + <usize>(s.panels * rows) * PANEL_ROW;
  describePatches(channelBytes, imageBytes, pitch, offsets, taps, s.outHeight, s.outWidth, images, places);

  let source = s.x + <usize>(n * s.groups + g) * <usize>channels * planeBytes;
  if (!inPlace) {
    for (let i = 0; i < images; i++) {
      stage(
        staged + <usize>i * imageBytes, source + <usize>(i * s.groups * channels) * planeBytes,
        channels, s.height, s.width, s.extentY, s.extentX, s.padY, s.padX, s.strideY, s.strideX,
      );
    }
    source = staged;
  }
  const weights = s.w + (<usize>(g * rows * channels * taps) << 2);
  const target = s.y + (<usize>((n * s.groups + g) * rows * outPixels) << 2);
  if (channels == 1 && rows <= DIRECT_ROWS) {
    for (let i: usize = 0; i < <usize>images; i++) {
      const image = target + (i * <usize>(s.groups * rows * outPixels) << 2);
      depthwise(source + i * imageBytes, pitch, weights, offsets, taps, image, rows, s.outHeight, s.outWidth);
    }
    return;
  }
  const columns = s.length * s.panels * NR;
  multiplyPatches(
    source, channelBytes, channels, weights, taps, rows, target, images, s.groups, outPixels, s.panels,
    piece * columns, min((piece + 1) * columns, images * outPixels), packed, sheet, tile,
  );
}

/** The weights `[rows, channels * taps]` times the patches described last, of pixels `[begin, end)` of `images` images of y. */
function multiplyPatches(
  source: usize, channelBytes: usize, channels: i32, weights: usize, taps: i32, rows: i32, y: usize, images: i32, groups: i32,
  outPixels: i32, panels: i32, begin: i32, end: i32, packed: usize, sheet: usize, tile: usize,
): void {
  const step = blockChannels(channels, taps);
  const weightRow = <usize>(channels * taps) << 2;
  const columns = images * outPixels;
  const yRow = <usize>outPixels << 2;
  const yImage = yRow * <usize>(groups * rows);
  const panelBytes = <usize>(step * taps) * PANEL_ROW;
  const sheetBytes = <usize>rows * PANEL_ROW;
  for (let first = begin; first < end; first += panels * NR) {
    const last = min(end, first + panels * NR);
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
