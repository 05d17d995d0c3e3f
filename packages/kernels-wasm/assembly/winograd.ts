import { align } from './common';
import { Conv } from './conv-geometry';
import { panel } from './gemm';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { stage } from './staging';
import { NR, PANEL_ROW, tile1x16, tile4x8 } from './tiles';
import {
  COMPONENTS, HALO, PLACE_BYTES, PLACE_HEIGHT, PLACE_TARGET, PLACE_WIDTH, SCRATCH_BYTES, TILE, transformKernels, transformTiles,
  untransformTiles,
} from './winograd-transforms';

/** Depth of the products that meet in registers, as in `correlate.ts`. */
const KC: i32 = 288;
/** Images or bands of one that are staged together: this much stays in the second-level cache. */
const STAGED_BYTES: i32 = 256 << 10;
/** Transformed weights beyond this many bytes leave that cache, so several panels of tiles meet them at once. */
const LARGE_WEIGHTS: i32 = 1 << 20;
const PANELS_AT_ONCE: i32 = 4;
/** A smaller gain is not worth the rounding errors. */
const LEAST_GAIN: f64 = 1.25;
/** A job has 65535 tasks at most. */
const MOST_TASKS: i32 = 4096;
/** Tasks that any power of two of threads up to this one shares evenly. */
const EVEN_TASKS: i32 = 16;
/** Component planes lie a line off a power of two: else all 36 would fall on the same lines of the first-level cache. */
export const OFFSET: usize = 64;
/** Transforms read up to a vector past staged images. */
export const GUARD: usize = 64;

/**
 * A convolution 3 × 3 of stride 1 as tasks that need nothing of each other: some whole images each, or a band of tile rows of one
 * image. The input gradient is one too, of dy with mirrored weights.
 */
@unmanaged
export class Plan {
  batch: i32;
  channels: i32;
  height: i32;
  width: i32;
  padY: i32;
  padX: i32;
  rows: i32;
  outHeight: i32;
  outWidth: i32;
  tileRows: i32;
  tileColumns: i32;
  /** Images of a task; 1 where a task is a band. */
  images: i32;
  /** Tile rows of a task. */
  band: i32;
  bands: i32;
  tasks: i32;
  panels: i32;
  source: usize;
  target: usize;
  /** The transformed weights: 36 matrices `[rows, channels]`, `weightBytes` apart. */
  weights: usize;
  weightBytes: usize;
  /** The kernels as they came, how far apart those of two rows and two channels are, and whether they are mirrored. */
  kernels: usize;
  rowStep: usize;
  channelStep: usize;
  mirror: bool;
  /** Rows of kernels that a task transforms. */
  share: i32;
  /** What a weight gradient adds to the plan, see `winograd-weight-grad.ts`. */
  splits: i32;
  channelBlocks: i32;
}

/** Nanoseconds of one product, and of all that comes to one transformed kernel. */
const PRODUCT: f32 = 0.035;
const KERNEL: f32 = 8;

/** Whether a convolution has the one form that F(4 × 4, 3 × 3) is for. */
export function isWinograd(s: Conv): bool {
  if (s.kernelHeight != 3 || s.kernelWidth != 3 || s.groups != 1) return false;
  return s.strideY == 1 && s.strideX == 1 && s.dilationY == 1 && s.dilationX == 1;
}

/**
 * Whether {@link winograd} computes a convolution, and clearly faster than the product of patches. In products of four lanes
 * (measured): a tile's transforms cost 330 a channel, a kernel's 170, or 500 where its components go out to memory, an element of a
 * patch 3.
 */
export function winogradPays(p: usize, backward: bool): bool {
  const s = changetype<Conv>(p);
  if (!isWinograd(s)) return false;
  const plan = changetype<Plan>(p + offsetof<Conv>());
  describe(plan, s, backward);
  const kernels = <f64>plan.channels * plan.rows;
  const tiles = <f64>plan.batch * (plan.tileRows * plan.tileColumns);
  const isLarge = plan.weightBytes * COMPONENTS > <usize>LARGE_WEIGHTS;
  const transforms = tiles * (plan.channels + plan.rows) * 330 + kernels * (isLarge ? 500 : 170);
  const products = max(tiles, 8) * COMPONENTS * kernels;
  const patches = <f64>plan.batch * (plan.outHeight * plan.outWidth) * 9 * plan.channels * (plan.rows + 3);
  return (products + transforms) * LEAST_GAIN <= patches;
}

/** Plans for `panels` panels of tiles at once; 0 leaves it to the size of the weights. */
export function describe(plan: Plan, s: Conv, backward: bool, panels: i32 = 0): void {
  plan.batch = s.batch;
  plan.channels = backward ? s.outChannels : s.inChannels;
  plan.rows = backward ? s.inChannels : s.outChannels;
  plan.height = backward ? s.outHeight : s.height;
  plan.width = backward ? s.outWidth : s.width;
  plan.padY = backward ? HALO - s.padY : s.padY;
  plan.padX = backward ? HALO - s.padX : s.padX;
  plan.outHeight = backward ? s.height : s.outHeight;
  plan.outWidth = backward ? s.width : s.outWidth;
  plan.tileRows = (plan.outHeight + TILE - 1) / TILE;
  plan.tileColumns = (plan.outWidth + TILE - 1) / TILE;
  const rowBytes = plan.channels * extentX(plan) << 2;
  const most = max(1, (STAGED_BYTES / rowBytes - HALO) / TILE);
  plan.bands = (plan.tileRows + most - 1) / most;
  plan.band = (plan.tileRows + plan.bands - 1) / plan.bands;
  const auto = plan.rows * plan.channels * COMPONENTS << 2 > LARGE_WEIGHTS ? PANELS_AT_ONCE : 1;
  plan.panels = panels > 0 ? panels : auto;
  const tiles = plan.tileRows * plan.tileColumns;
  const least = max((plan.panels * NR + tiles - 1) / tiles, (plan.batch + MOST_TASKS - 1) / MOST_TASKS);
  plan.images = plan.bands > 1 ? 1 : evenImages(plan.batch, tiles, least, max(1, STAGED_BYTES / (rowBytes * extentY(plan))));
  plan.tasks = plan.bands * ((plan.batch + plan.images - 1) / plan.images);
  plan.weightBytes = align(<usize>plan.rows * weightRowBytes(plan)) + OFFSET;
}

/**
 * Images of a task, so that there are `EVEN_TASKS` tasks, or twice as many and so on where these had more than `most` images each. There
 * are fewer where they had less than `least`, or more than an eighth of their tiles were of the last panel's idle ones.
 */
function evenImages(batch: i32, tiles: i32, least: i32, most: i32): i32 {
  let tasks = EVEN_TASKS;
  while (tasks * most < batch) tasks <<= 1;
  let images = tasksOf(batch, tasks);
  while (tasks > 1 && (images < least || (images * 2 <= most && (-images * tiles & NR - 1) * 8 > images * tiles))) {
    tasks >>= 1;
    images = tasksOf(batch, tasks);
  }
  return images;
}

/** Rows of weights are whole vectors, so that tasks write nothing of each other. */
@inline
function weightRowBytes(plan: Plan): usize {
  return <usize>(plan.channels + 3 & ~3) << 2;
}

@inline
export function extentX(plan: Plan): i32 {
  return plan.tileColumns * TILE + HALO;
}

/** Rows that a task stages of each image. */
@inline
export function extentY(plan: Plan): i32 {
  return plan.band * TILE + HALO;
}

/** Bytes of one component of a panel of tiles. */
@inline
export function componentBytes(channels: i32): usize {
  return <usize>channels * PANEL_ROW + OFFSET;
}

@inline
export function stagedBytes(plan: Plan): usize {
  return align(<usize>(plan.images * plan.channels * extentY(plan) * extentX(plan)) << 2) + GUARD;
}

/** Bytes of workspace for {@link winograd}. It plans behind the geometry. */
export function winogradWorkspace(p: usize, backward: bool): usize {
  const plan = changetype<Plan>(p + offsetof<Conv>());
  describe(plan, changetype<Conv>(p), backward);
  return SCRATCH_BYTES + <usize>(plan.panels * NR) * PLACE_BYTES + stagedBytes(plan) +
    <usize>(plan.panels * COMPONENTS) * (componentBytes(plan.channels) + componentBytes(plan.rows));
}

/** Bytes that the tasks of {@link winograd} share: the transformed weights. */
export function winogradScratch(p: usize, backward: bool): usize {
  const plan = changetype<Plan>(p + offsetof<Conv>());
  describe(plan, changetype<Conv>(p), backward);
  return plan.weightBytes * COMPONENTS;
}

/** $y = w \star x$, or $dx = w^\top dy$ where `backward`, through F(4 × 4, 3 × 3), in parallel. */
export function winograd(p: usize, backward: bool, source: usize, w: usize, target: usize, scratch: usize): void {
  const s = changetype<Conv>(p);
  const plan = changetype<Plan>(newJob());
  describe(plan, s, backward);
  plan.source = source;
  plan.target = target;
  plan.weights = scratch;
  plan.kernels = w;
  const kernelBytes: usize = 9 * 4;
  const outStep = <usize>s.inChannels * kernelBytes;
  plan.rowStep = backward ? kernelBytes : outStep;
  plan.channelStep = backward ? outStep : kernelBytes;
  plan.mirror = backward;
  const kernels = <f64>plan.rows * plan.channels;
  plan.share = shareOf(plan.rows, kernels, 1024, 256);
  runJob(kernelTask, tasksOf(plan.rows, plan.share), KERNEL * <f32>kernels);
  runJob(winogradTask, plan.tasks, PRODUCT * <f32>(kernels * plan.batch * plan.outHeight * plan.outWidth));
}

/** Transforms the weights of some rows. */
function kernelTask(at: usize, task: i32, scratch: usize): void {
  const plan = changetype<Plan>(at);
  const first = task * plan.share;
  transformKernels(
    plan.weights + <usize>first * weightRowBytes(plan), plan.weightBytes, weightRowBytes(plan),
    plan.kernels + <usize>first * plan.rowStep, min(plan.share, plan.rows - first), plan.rowStep, plan.channels, plan.channelStep,
    plan.mirror, scratch,
  );
}

/** One task of a plan: stages its pixels, then makes its tiles some panels of 16 at a time. */
function winogradTask(at: usize, task: i32, scratch: usize): void {
  const plan = changetype<Plan>(at);
  const firstImage = task / plan.bands * plan.images;
  const firstRow = task % plan.bands * plan.band;
  const images = min(plan.images, plan.batch - firstImage);
  const tileRows = min(plan.band, plan.tileRows - firstRow);
  const channelBytes = <usize>(extentY(plan) * extentX(plan)) << 2;
  const places = scratch + SCRATCH_BYTES;
  const staged = places + <usize>(plan.panels * NR) * PLACE_BYTES;
  const inputs = staged + stagedBytes(plan);
  const inputPanel = componentBytes(plan.channels) * COMPONENTS;
  const outputs = inputs + inputPanel * <usize>plan.panels;
  const outputPanel = componentBytes(plan.rows) * COMPONENTS;
  const pitch = <usize>extentX(plan) << 2;
  const planeBytes = <usize>(plan.outHeight * plan.outWidth) << 2;
  const source = plan.source + (<usize>(firstImage * plan.channels * plan.height * plan.width) << 2);
  stage(
    staged, source, images * plan.channels, plan.height, plan.width, extentY(plan), extentX(plan),
    plan.padY - firstRow * TILE, plan.padX, 1, 1,
  );
  const tiles = images * tileRows * plan.tileColumns;
  for (let first = 0; first < tiles; first += plan.panels * NR) {
    const count = min(plan.panels * NR, tiles - first);
    locate(plan, places, first, tiles, firstImage, firstRow, tileRows);
    for (let q = 0, i: usize = 0; q < count; q += NR, i++) {
      transformTiles(
        inputs + i * inputPanel, componentBytes(plan.channels), staged, channelBytes, plan.channels, pitch,
        places + <usize>q * PLACE_BYTES, (min(NR, count - q) + 3) >> 2, scratch,
      );
    }
    multiplyComponents(plan, inputs, inputPanel, outputs, outputPanel, count);
    for (let q = 0, i: usize = 0; q < count; q += NR, i++) {
      untransformTiles(
        outputs + i * outputPanel, componentBytes(plan.rows), plan.rows, planeBytes, <usize>plan.outWidth << 2,
        places + <usize>q * PLACE_BYTES, (min(NR, count - q) + 3) >> 2, scratch,
      );
    }
  }
}

/** Notes the places of the tiles from `first` on; the last quad is filled up with the last tile, made again. */
function locate(plan: Plan, places: usize, first: i32, tiles: i32, firstImage: i32, firstRow: i32, tileRows: i32): void {
  const imageBytes = plan.channels * extentY(plan) * extentX(plan) << 2;
  const perImage = tileRows * plan.tileColumns;
  const count = min(plan.panels * NR, tiles - first + 3 & ~3);
  let image = first / perImage;
  let row = (first - image * perImage) / plan.tileColumns;
  let column = first - image * perImage - row * plan.tileColumns;
  for (let i = 0; i < count; i++, places += PLACE_BYTES) {
    const y = (firstRow + row) * TILE;
    const x = column * TILE;
    const plane = <usize>((firstImage + image) * plan.rows * plan.outHeight + y);
    store<i32>(places, image * imageBytes + (row * TILE * extentX(plan) + x << 2));
    store<usize>(places, plan.target + ((plane * plan.outWidth + x) << 2), PLACE_TARGET);
    store<i32>(places, min(TILE, plan.outHeight - y), PLACE_HEIGHT);
    store<i32>(places, min(TILE, plan.outWidth - x), PLACE_WIDTH);
    if (first + i + 1 >= tiles) continue;
    if (++column < plan.tileColumns) continue;
    column = 0;
    if (++row < tileRows) continue;
    row = 0;
    image++;
  }
}

/** Each component of the weights times that of the tiles: 36 products. */
function multiplyComponents(
  plan: Plan, inputs: usize, inputPanel: usize, outputs: usize, outputPanel: usize, count: i32,
): void {
  const weightRow = weightRowBytes(plan);
  const blocks = (plan.channels + KC - 1) / KC;
  const depth = (plan.channels + blocks - 1) / blocks;
  for (let i: usize = 0; i < <usize>COMPONENTS; i++) {
    for (let q = 0, k: usize = 0; q < count; q += NR, k++) {
      for (let c = 0; c < plan.channels; c += depth) {
        const a = plan.weights + i * plan.weightBytes + (<usize>c << 2);
        const b = inputs + k * inputPanel + i * componentBytes(plan.channels) + <usize>c * PANEL_ROW;
        const to = outputs + k * outputPanel + i * componentBytes(plan.rows);
        const kc = min(depth, plan.channels - c);
        if (count - q > 8) panel(plan.rows, kc, a, weightRow, 4, b, PANEL_ROW, to, PANEL_ROW, c > 0, NR, 0);
        else halfPanel(plan.rows, kc, a, weightRow, b, to, c > 0);
      }
    }
  }
}

/** The left half of a panel: a last one of 8 tiles or fewer. */
function halfPanel(rows: i32, depth: i32, a: usize, aRow: usize, b: usize, c: usize, accumulate: bool): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    tile4x8(1, depth, a, a + aRow, a + aRow * 2, a + aRow * 3, 4, 0, b, PANEL_ROW, c, PANEL_ROW, accumulate);
    a += aRow << 2;
    c += PANEL_ROW << 2;
  }
  for (; i < rows; i++) {
    tile1x16(1, depth, a, 4, 0, b, PANEL_ROW, c, accumulate);
    a += aRow;
    c += PANEL_ROW;
  }
}
