import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { avgPoolGradEven, isEven, isEven2x2, maxPoolIndices2x2 } from './pooling-even';

/** A pooling of `planes` images, as the host writes it: 32-bit fields in this order. */
@unmanaged
export class Pool {
  planes: i32;
  height: i32;
  width: i32;
  outHeight: i32;
  outWidth: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideY: i32;
  strideX: i32;
  padY: i32;
  padX: i32;
  dilationY: i32;
  dilationX: i32;
  countIncludePad: i32;

  /** The first output column whose window begins inside the image. */
  @inline get innerBegin(): i32 {
    return min(this.outWidth, (this.padX + this.strideX - 1) / this.strideX);
  }

  /** One past the last output column whose window ends inside the image. */
  @inline get innerEnd(): i32 {
    const last = this.width - 1 - (this.kernelWidth - 1) * this.dilationX + this.padX;
    return last < 0 ? 0 : min(this.outWidth, last / this.strideX + 1);
  }
}

/** The first tap of a window at `start` that is not before the image. */
@inline
function firstTap(start: i32, dilation: i32): i32 {
  return start >= 0 ? 0 : (dilation - 1 - start) / dilation;
}

/** One past the last tap of a window at `start` that is not after `extent`. */
@inline
function endTap(start: i32, dilation: i32, extent: i32, taps: i32): i32 {
  return start >= extent ? 0 : min(taps, (extent - 1 - start) / dilation + 1);
}

/** Four pixels `stride` apart. */
@inline
function load4(from: usize, stride: i32): v128 {
  if (stride == 1) return v128.load(from);
  if (stride == 2) return v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6);
  const step = <usize>stride << 2;
  return f32x4(load<f32>(from), load<f32>(from + step), load<f32>(from + step * 2), load<f32>(from + step * 3));
}

/** Elements of a task, at least. */
const TASK: f64 = 8192;

/** A pass over the planes of a pooling; a task takes `share` of them. */
@unmanaged
class Pass {
  pool: usize;
  from: usize;
  to: usize;
  share: i32;
}

/** Runs `task` over the planes, in parallel. */
@inline
function overPlanes(task: (job: usize, index: i32, workspace: usize) => void, p: usize, from: usize, to: usize): void {
  const s = changetype<Pool>(p);
  const taps = s.kernelHeight * s.kernelWidth;
  const work = <f64>s.planes * max(s.height * s.width, s.outHeight * s.outWidth * taps);
  const pass = changetype<Pass>(newJob());
  pass.pool = p;
  pass.from = from;
  pass.to = to;
  pass.share = shareOf(s.planes, work, TASK, 256);
  runJob(task, tasksOf(s.planes, pass.share), 0.5 * <f32>work);
}

/** The place in its plane of the first maximum of each window; NaN wins; -1 for a window without a pixel. */
export function maxPoolIndices(p: usize, x: usize, out: usize): void {
  overPlanes(maxPoolIndicesTask, p, x, out);
}

function maxPoolIndicesTask(job: usize, index: i32, _workspace: usize): void {
  const pass = changetype<Pass>(job);
  const s = changetype<Pool>(pass.pool);
  const first = index * pass.share;
  const planes = min(pass.share, s.planes - first);
  let x = pass.from + (<usize>(first * s.height * s.width) << 2);
  let out = pass.to + (<usize>(first * s.outHeight * s.outWidth) << 2);
  if (isEven2x2(s)) {
    maxPoolIndices2x2(s, planes, x, out);
    return;
  }
  const begin = s.innerBegin;
  const end = s.innerEnd;
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const y = oy * s.strideY - s.padY;
      const ky0 = firstTap(y, s.dilationY);
      const ky1 = endTap(y, s.dilationY, s.height, s.kernelHeight);
      const inside = ky0 < ky1 && end - begin >= 4;
      for (let ox = begin; inside && ox < end; ox += 4) {
        // The last four may overlap the four before them.
        const at = min(ox, end - 4);
        const left = at * s.strideX - s.padX;
        let places: v128;
        if (s.strideX == 2) places = maxPlaces4(s, x, y, ky0, ky1, left, 2);
        else if (s.strideX == 1) places = maxPlaces4(s, x, y, ky0, ky1, left, 1);
        else places = maxPlaces4(s, x, y, ky0, ky1, left, s.strideX);
        v128.store(out + (<usize>at << 2), places);
      }
      for (let ox = 0; ox < s.outWidth; ox++) {
        if (inside && ox == begin) ox = end;
        if (ox < s.outWidth) store<i32>(out + (<usize>ox << 2), maxPlace(s, x, y, ky0, ky1, ox * s.strideX - s.padX));
      }
      out += <usize>s.outWidth << 2;
    }
    x += <usize>(s.height * s.width) << 2;
  }
}

/** Four windows side by side, all columns of which are inside. */
@inline
function maxPlaces4(s: Pool, x: usize, y: i32, ky0: i32, ky1: i32, left: i32, stride: i32): v128 {
  const spread = stride == 2 ? i32x4(0, 2, 4, 6) : stride == 1 ? i32x4(0, 1, 2, 3) : i32x4(0, stride, 2 * stride, 3 * stride);
  const columns = s.kernelWidth;
  const dilation = s.dilationX;
  const rowStep = s.dilationY * s.width;
  let row = (y + ky0 * s.dilationY) * s.width + left;
  let most = load4(x + (<usize>row << 2), stride);
  let best = i32x4.add(i32x4.splat(row), spread);
  for (let ky = ky0; ky < ky1; ky++, row += rowStep) {
    let place = row;
    for (let kx = 0; kx < columns; kx++, place += dilation) {
      const value = load4(x + (<usize>place << 2), stride);
      // Not at most what there was, unless that was NaN: a NaN beats every number and keeps its place.
      const beats = v128.andnot(f32x4.eq(most, most), f32x4.le(value, most));
      most = v128.bitselect(value, most, beats);
      best = v128.bitselect(i32x4.add(i32x4.splat(place), spread), best, beats);
    }
  }
  return best;
}

function maxPlace(s: Pool, x: usize, y: i32, ky0: i32, ky1: i32, left: i32): i32 {
  const kx0 = firstTap(left, s.dilationX);
  const kx1 = endTap(left, s.dilationX, s.width, s.kernelWidth);
  let best = -1;
  let most: f32 = 0;
  for (let ky = ky0; ky < ky1; ky++) {
    for (let kx = kx0; kx < kx1; kx++) {
      const place = (y + ky * s.dilationY) * s.width + left + kx * s.dilationX;
      const value = load<f32>(x + (<usize>place << 2));
      if (best < 0 || value > most || (value != value && most == most)) {
        best = place;
        most = value;
      }
    }
  }
  return best;
}

/** How many taps of a window at `start` an average counts along one axis. */
@inline
function counted(s: Pool, start: i32, dilation: i32, extent: i32, padding: i32, taps: i32): i32 {
  if (s.countIncludePad) return endTap(start, dilation, extent + padding, taps);
  return endTap(start, dilation, extent, taps) - firstTap(start, dilation);
}

/** The mean of each window; 0 for one without a pixel. */
export function avgPool(p: usize, x: usize, out: usize): void {
  overPlanes(avgPoolTask, p, x, out);
}

function avgPoolTask(job: usize, index: i32, _workspace: usize): void {
  const pass = changetype<Pass>(job);
  const s = changetype<Pool>(pass.pool);
  const first = index * pass.share;
  const planes = min(pass.share, s.planes - first);
  let x = pass.from + (<usize>(first * s.height * s.width) << 2);
  let out = pass.to + (<usize>(first * s.outHeight * s.outWidth) << 2);
  const begin = s.innerBegin;
  const end = s.innerEnd;
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const y = oy * s.strideY - s.padY;
      const ky0 = firstTap(y, s.dilationY);
      const ky1 = endTap(y, s.dilationY, s.height, s.kernelHeight);
      const rows: f32 = 1 / <f32>counted(s, y, s.dilationY, s.height, s.padY, s.kernelHeight);
      const inside = ky0 < ky1 && end - begin >= 4;
      for (let ox = begin; inside && ox < end; ox += 4) {
        const at = min(ox, end - 4);
        const left = at * s.strideX - s.padX;
        let sum: v128;
        if (s.strideX == 2) sum = sums4(s, x, y, ky0, ky1, left, 2);
        else if (s.strideX == 1) sum = sums4(s, x, y, ky0, ky1, left, 1);
        else sum = sums4(s, x, y, ky0, ky1, left, s.strideX);
        v128.store(out + (<usize>at << 2), f32x4.mul(sum, f32x4.splat(rows / <f32>s.kernelWidth)));
      }
      for (let ox = 0; ox < s.outWidth; ox++) {
        if (inside && ox == begin) ox = end;
        if (ox < s.outWidth) store<f32>(out + (<usize>ox << 2), mean(s, x, y, ky0, ky1, ox * s.strideX - s.padX, rows));
      }
      out += <usize>s.outWidth << 2;
    }
    x += <usize>(s.height * s.width) << 2;
  }
}

/** Sums of four windows side by side, all columns of which are inside. */
@inline
function sums4(s: Pool, x: usize, y: i32, ky0: i32, ky1: i32, left: i32, stride: i32): v128 {
  const columns = s.kernelWidth;
  const dilation = <usize>s.dilationX << 2;
  let sum = f32x4.splat(0);
  for (let ky = ky0; ky < ky1; ky++) {
    let from = x + (<usize>((y + ky * s.dilationY) * s.width + left) << 2);
    for (let kx = 0; kx < columns; kx++, from += dilation) sum = f32x4.add(sum, load4(from, stride));
  }
  return sum;
}

/** The mean of one window, of which `rows` is the share of a row; 0 where it has no pixel. */
function mean(s: Pool, x: usize, y: i32, ky0: i32, ky1: i32, left: i32, rows: f32): f32 {
  const kx0 = firstTap(left, s.dilationX);
  const kx1 = endTap(left, s.dilationX, s.width, s.kernelWidth);
  if (ky0 >= ky1 || kx0 >= kx1) return 0;
  let sum: f32 = 0;
  for (let ky = ky0; ky < ky1; ky++) {
    const row = x + (<usize>((y + ky * s.dilationY) * s.width + left) << 2);
    for (let kx = kx0; kx < kx1; kx++) sum += load<f32>(row + (<usize>(kx * s.dilationX) << 2));
  }
  return sum * (rows / <f32>counted(s, left, s.dilationX, s.width, s.padX, s.kernelWidth));
}

/** Deals each element of dy out to its window. */
export function avgPoolGrad(p: usize, dy: usize, dx: usize): void {
  overPlanes(avgPoolGradTask, p, dy, dx);
}

function avgPoolGradTask(job: usize, index: i32, _workspace: usize): void {
  const pass = changetype<Pass>(job);
  const s = changetype<Pool>(pass.pool);
  const first = index * pass.share;
  const planes = min(pass.share, s.planes - first);
  let dy = pass.from + (<usize>(first * s.outHeight * s.outWidth) << 2);
  let dx = pass.to + (<usize>(first * s.height * s.width) << 2);
  if (isEven(s)) {
    avgPoolGradEven(s, planes, dy, dx);
    return;
  }
  const begin = s.innerBegin;
  const end = max(begin, s.innerEnd);
  memory.fill(dx, 0, <usize>(planes * s.height * s.width) << 2);
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const y = oy * s.strideY - s.padY;
      const ky0 = firstTap(y, s.dilationY);
      const ky1 = endTap(y, s.dilationY, s.height, s.kernelHeight);
      const rows: f32 = 1 / <f32>counted(s, y, s.dilationY, s.height, s.padY, s.kernelHeight);
      if (ky0 < ky1) {
        for (let ox = 0; ox < s.outWidth; ox++) {
          if (ox == begin) ox = end;
          if (ox < s.outWidth) dealOut(s, load<f32>(dy + (<usize>ox << 2)), dx, y, ky0, ky1, ox * s.strideX - s.padX, rows);
        }
        const share = rows / <f32>s.kernelWidth;
        const left = begin * s.strideX - s.padX;
        for (let ky = ky0; ky < ky1 && begin < end; ky++) {
          let to = dx + (<usize>((y + ky * s.dilationY) * s.width + left) << 2);
          for (let kx = 0; kx < s.kernelWidth; kx++, to += <usize>s.dilationX << 2) {
            addShares(to, s.strideX, dy + (<usize>begin << 2), end - begin, share);
          }
        }
      }
      dy += <usize>s.outWidth << 2;
    }
    dx += <usize>(s.height * s.width) << 2;
  }
}

/** One element to a window that the border may cut. */
function dealOut(s: Pool, value: f32, dx: usize, y: i32, ky0: i32, ky1: i32, left: i32, rows: f32): void {
  const kx0 = firstTap(left, s.dilationX);
  const kx1 = endTap(left, s.dilationX, s.width, s.kernelWidth);
  if (kx0 >= kx1) return;
  const share = value * (rows / <f32>counted(s, left, s.dilationX, s.width, s.padX, s.kernelWidth));
  for (let ky = ky0; ky < ky1; ky++) {
    const row = dx + (<usize>((y + ky * s.dilationY) * s.width + left) << 2);
    for (let kx = kx0; kx < kx1; kx++) {
      const at = row + (<usize>(kx * s.dilationX) << 2);
      store<f32>(at, load<f32>(at) + share);
    }
  }
}

/** `to[i * stride] += share * from[i]`. */
@inline
function addShares(to: usize, stride: i32, from: usize, count: i32, share: f32): void {
  let i = 0;
  if (stride == 1) {
    for (; i + 4 <= count; i += 4, to += 16, from += 16) {
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(from), f32x4.splat(share))));
    }
  }
  const step = <usize>stride << 2;
  for (; i < count; i++, to += step, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from) * share);
}
