import { align } from './common';
import { Conv } from './conv-geometry';
import { newJob, runJob, tasksOf } from './jobs';
import { stage } from './staging';
import { NR, PANEL_ROW, tile1x16, tile2x16, tile4x8 } from './tiles';
import {
  GUARD, OFFSET, Plan, componentBytes, describe, extentX, extentY, isWinograd, stagedBytes,
} from './winograd';
import { transformGradTiles, untransformKernels } from './winograd-adjoint';
import { COMPONENTS, PLACE_BYTES, PLACE_TARGET, SCRATCH_BYTES, TILE, transformTiles } from './winograd-transforms';

/** Transformed tiles that are multiplied together: as many as stay in the second-level cache, within bounds. */
const BLOCK_BYTES: i32 = 1 << 20;
const LEAST_PANELS: i32 = 4;
const MOST_PANELS: i32 = 16;
const LEAST_GAIN: f64 = 1.25;
/** Parts that a sum is cut into: of the batch as far as there is room for their sums, then of the input channels. */
const TASKS: i32 = 8;
const SUMS_BYTES: usize = 8 << 20;
const LEAST_CHANNELS: i32 = 64;
const COMBINE_TASKS: i32 = 16;
/** Nanoseconds of one product, and of all that comes to one transformed kernel. */
const PRODUCT: f32 = 0.035;
const KERNEL: f32 = 8;

function plan(at: usize, s: Conv): Plan {
  const plan = changetype<Plan>(at);
  const panelBytes = COMPONENTS * <i32>PANEL_ROW * (s.inChannels + s.outChannels);
  describe(plan, s, false, max(LEAST_PANELS, min(MOST_PANELS, BLOCK_BYTES / max(1, panelBytes))));
  const own = sumBytes(plan) * COMPONENTS;
  plan.splits = min(TASKS, min(plan.tasks, <i32>max(1, SUMS_BYTES / own)));
  plan.splits = tasksOf(plan.tasks, tasksOf(plan.tasks, plan.splits));
  plan.channelBlocks = max(1, min(TASKS / plan.splits, plan.channels / LEAST_CHANNELS));
  plan.channelBlocks = tasksOf(plan.channels, tasksOf(plan.channels, plan.channelBlocks));
  return plan;
}

/** Whether {@link winogradWeightGrad} pays, in the units of `winogradPays`; the sums are read and written for each block of tiles. */
export function winogradWeightGradPays(p: usize): bool {
  const s = changetype<Conv>(p);
  if (!isWinograd(s)) return false;
  const own = plan(p + offsetof<Conv>(), s);
  const tiles = <f64>own.batch * (own.tileRows * own.tileColumns);
  const kernels = <f64>own.channels * (gradPanels(own) * NR);
  const transforms = tiles * (own.channels + own.rows) * 330 + kernels * 300;
  const sums = kernels * COMPONENTS * 8 * Math.ceil(tiles / (own.panels * NR));
  const patches = <f64>own.batch * s.outPixels * 9 * (own.channels + 0.3) * (own.rows + 3);
  return (tiles * COMPONENTS * kernels + transforms + sums) * LEAST_GAIN <= patches;
}

/** Panels of 16 output channels. */
@inline
function gradPanels(plan: Plan): i32 {
  return (plan.rows + NR - 1) / NR;
}

/** Bytes of one component of the sums: `[channels, rows]`, rows up to whole panels. */
@inline
function sumBytes(plan: Plan): usize {
  return <usize>(plan.channels * gradPanels(plan)) * PANEL_ROW + OFFSET;
}

/** Bytes of one component of one panel of output channels for a block of tiles. */
@inline
function gradBytes(plan: Plan): usize {
  return <usize>(plan.panels * NR) * PANEL_ROW + OFFSET;
}

@inline
function stagedGradBytes(plan: Plan): usize {
  return align(<usize>(plan.images * plan.rows * plan.band * TILE * plan.tileColumns * TILE) << 2) + GUARD;
}

/** Bytes of workspace for {@link winogradWeightGrad}. */
export function winogradWeightGradWorkspace(p: usize): usize {
  const own = plan(p + offsetof<Conv>(), changetype<Conv>(p));
  return SCRATCH_BYTES + <usize>(own.panels * NR) * PLACE_BYTES + stagedBytes(own) + stagedGradBytes(own) +
    componentBytes(own.channels) * <usize>(own.panels * COMPONENTS) + gradBytes(own) * <usize>(gradPanels(own) * COMPONENTS);
}

/** Bytes that the tasks of {@link winogradWeightGrad} share: sums, of each part of the batch. */
export function winogradWeightGradScratch(p: usize): usize {
  const own = plan(p + offsetof<Conv>(), changetype<Conv>(p));
  return sumBytes(own) * <usize>(COMPONENTS * own.splits);
}

/**
 * $dw = dy \star x$ for kernels 3 × 3, in parallel: first sums over the tiles of a part of the batch for a block of the input
 * channels, then the sum and the transform of these. Both depend on the shape alone.
 */
export function winogradWeightGrad(p: usize, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const own = plan(newJob(), changetype<Conv>(p));
  own.source = x;
  own.target = dy;
  own.weights = scratch;
  own.kernels = dw;
  const kernels = <f32>own.rows * <f32>own.channels;
  runJob(sumTask, own.splits * own.channelBlocks, PRODUCT * kernels * <f32>(own.batch * own.outHeight * own.outWidth));
  own.share = tasksOf(own.channels, COMBINE_TASKS);
  runJob(combineTask, tasksOf(own.channels, own.share), KERNEL * <f32>own.splits * kernels);
}

/** One part of the batch for one block of channels. */
function sumTask(at: usize, index: i32, scratch: usize): void {
  const plan = changetype<Plan>(at);
  const split = index / plan.channelBlocks;
  const block = tasksOf(plan.channels, plan.channelBlocks);
  const channel = (index - split * plan.channelBlocks) * block;
  const channels = min(block, plan.channels - channel);
  const part = tasksOf(plan.tasks, plan.splits);
  const sums = plan.weights + <usize>split * sumBytes(plan) * COMPONENTS + <usize>(channel * gradPanels(plan)) * PANEL_ROW;
  const end = min(plan.tasks, (split + 1) * part);
  for (let piece = split * part; piece < end; piece++) {
    addPiece(plan, piece, channel, channels, sums, scratch, piece > split * part);
  }
}

/** Adds the parts of some channels up, then transforms the sums. */
function combineTask(at: usize, index: i32, scratch: usize): void {
  const plan = changetype<Plan>(at);
  const row = <usize>gradPanels(plan) * PANEL_ROW;
  const channel = index * plan.share;
  const channels = min(plan.share, plan.channels - channel);
  const sums = plan.weights + <usize>channel * row;
  const partBytes = sumBytes(plan) * COMPONENTS;
  for (let split: usize = 1; split < <usize>plan.splits; split++) {
    for (let i: usize = 0; i < <usize>COMPONENTS; i++) {
      const to = sums + i * sumBytes(plan);
      const from = to + split * partBytes;
      for (let j: usize = 0; j < <usize>channels * row; j += 16) v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(from + j)));
    }
  }
  untransformKernels(
    sums, sumBytes(plan), row, plan.kernels + <usize>channel * 36, plan.rows, channels, plan.channels, scratch,
  );
}

/** Adds some images, or a band of one, to the sums of some channels: stages x and dy, then takes a block of tiles at a time. */
function addPiece(
  plan: Plan, piece: i32, channel: i32, channels: i32, sums: usize, scratch: usize, accumulate: bool,
): void {
  const firstImage = piece / plan.bands * plan.images;
  const firstRow = piece % plan.bands * plan.band;
  const images = min(plan.images, plan.batch - firstImage);
  const tileRows = min(plan.band, plan.tileRows - firstRow);
  const places = scratch + SCRATCH_BYTES;
  const staged = places + <usize>(plan.panels * NR) * PLACE_BYTES;
  const stagedGrad = staged + stagedBytes(plan);
  const inputs = stagedGrad + stagedGradBytes(plan);
  const inputPanel = componentBytes(channels) * COMPONENTS;
  const grads = inputs + inputPanel * <usize>plan.panels;
  const gradPanel = gradBytes(plan) * COMPONENTS;
  const gradHeight = plan.band * TILE;
  const gradWidth = plan.tileColumns * TILE;
  const gradChannel = <usize>(gradHeight * gradWidth) << 2;
  const channelBytes = <usize>(extentY(plan) * extentX(plan)) << 2;
  for (let i = 0; i < images; i++) {
    const plane = <usize>((firstImage + i) * plan.channels + channel);
    stage(
      staged + <usize>(i * channels) * channelBytes, plan.source + (plane * <usize>(plan.height * plan.width) << 2), channels,
      plan.height, plan.width, extentY(plan), extentX(plan), plan.padY - firstRow * TILE, plan.padX, 1, 1,
    );
  }
  stage(
    stagedGrad, plan.target + (<usize>(firstImage * plan.rows * plan.outHeight * plan.outWidth) << 2), images * plan.rows,
    plan.outHeight, plan.outWidth, gradHeight, gradWidth, -firstRow * TILE, 0, 1, 1,
  );
  const tiles = images * tileRows * plan.tileColumns;
  for (let first = 0; first < tiles; first += plan.panels * NR) {
    const count = min(plan.panels * NR, tiles - first);
    locate(plan, channels, places, first, count, tileRows);
    for (let q = 0, i: usize = 0; q < count; q += NR, i++) {
      transformTiles(
        inputs + i * inputPanel, componentBytes(channels), staged, channelBytes, channels, <usize>extentX(plan) << 2,
        places + <usize>q * PLACE_BYTES, (min(NR, count - q) + 3) >> 2, scratch,
      );
    }
    for (let o = 0, i: usize = 0; o < plan.rows; o += NR, i++) {
      transformGradTiles(
        grads + i * gradPanel, gradBytes(plan), stagedGrad + <usize>o * gradChannel, gradChannel, min(NR, plan.rows - o),
        <usize>gradWidth << 2, places, count, scratch,
      );
    }
    addProducts(plan, channels, inputs, inputPanel, grads, gradPanel, sums, count, accumulate || first > 0);
  }
}

/** Notes where tiles start in x and in dy, as staged; the last quad is filled up with the last tile. */
function locate(plan: Plan, channels: i32, places: usize, first: i32, count: i32, tileRows: i32): void {
  const perImage = tileRows * plan.tileColumns;
  const imageBytes = channels * extentY(plan) * extentX(plan) << 2;
  const gradWidth = plan.tileColumns * TILE;
  const gradBytes = plan.rows * plan.band * TILE * gradWidth << 2;
  for (let i = 0; i < (count + 3 & ~3); i++, places += PLACE_BYTES) {
    const tile = first + min(i, count - 1);
    const image = tile / perImage;
    const row = (tile - image * perImage) / plan.tileColumns;
    const column = tile - image * perImage - row * plan.tileColumns;
    store<i32>(places, image * imageBytes + (row * TILE * extentX(plan) + column * TILE << 2));
    store<i32>(places, image * gradBytes + (row * TILE * gradWidth + column * TILE << 2), PLACE_TARGET);
  }
}

/** `sums[c][o] += Σ inputs[c][tile] * grads[tile][o]` for each component, or `=` without `accumulate`: whole panels of tiles, then what is left. */
function addProducts(
  plan: Plan, channels: i32, inputs: usize, inputPanel: usize, grads: usize, gradPanel: usize, sums: usize, count: i32, accumulate: bool,
): void {
  const whole = count / NR;
  const rest = count - whole * NR;
  const sumRow = <usize>gradPanels(plan) * PANEL_ROW;
  for (let i: usize = 0; i < <usize>COMPONENTS; i++) {
    const a = inputs + i * componentBytes(channels);
    for (let o = 0, panel: usize = 0; o < plan.rows; o += NR, panel++) {
      const b = grads + panel * gradPanel + i * gradBytes(plan);
      const c = sums + i * sumBytes(plan) + panel * PANEL_ROW;
      const isHalf = plan.rows - o <= 8;
      if (whole > 0) addPanel(channels, whole, NR, a, inputPanel - PANEL_ROW, b, c, sumRow, isHalf, accumulate);
      if (rest == 0) continue;
      addPanel(
        channels, 1, rest, a + <usize>whole * inputPanel, 0, b + <usize>(whole * NR) * PANEL_ROW, c, sumRow, isHalf,
        accumulate || whole > 0,
      );
    }
  }
}

function addPanel(
  rows: i32, outer: i32, inner: i32, a: usize, skip: usize, b: usize, c: usize, sumRow: usize, isHalf: bool, accumulate: bool,
): void {
  let r = 0;
  for (; isHalf && r + 4 <= rows; r += 4, a += PANEL_ROW * 4, c += sumRow * 4) {
    tile4x8(
      outer, inner, a, a + PANEL_ROW, a + PANEL_ROW * 2, a + PANEL_ROW * 3, 4, skip, b, PANEL_ROW, c, sumRow, accumulate,
    );
  }
  for (; r + 2 <= rows; r += 2, a += PANEL_ROW * 2, c += sumRow * 2) {
    tile2x16(outer, inner, a, a + PANEL_ROW, 4, skip, b, PANEL_ROW, c, sumRow, accumulate);
  }
  if (r < rows) tile1x16(outer, inner, a, 4, skip, b, PANEL_ROW, c, accumulate);
}
