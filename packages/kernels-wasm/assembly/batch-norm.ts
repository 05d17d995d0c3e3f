import { madd, storeLanes } from './common';
import { rowProducts, rowSquares, rowSum } from './moments';
import { put } from './tails';
import { highLanes, lowLanes, narrow } from './wide';

/** y = a x + b with a and b `[channels]`: x `[images, channels, pixels]`. */
export function scaleShift(x: usize, a: usize, b: usize, y: usize, images: i32, channels: i32, pixels: i32): void {
  for (let i = 0; i < images; i++) {
    if (pixels == 1) {
      for (let c = 0; c < channels; c += 4) {
        const at = <usize>c << 2;
        put(y + at, madd(v128.load(x + at), v128.load(a + at), v128.load(b + at)), channels - c);
      }
      x += <usize>channels << 2;
      y += <usize>channels << 2;
    } else {
      for (let c = 0; c < channels; c++) {
        normalizeRow(x, y, pixels, 0, load<f32>(a + (<usize>c << 2)), load<f32>(b + (<usize>c << 2)));
        x += <usize>pixels << 2;
        y += <usize>pixels << 2;
      }
    }
  }
}

/** Bytes of what {@link batchNorm} and its gradient remember of a channel between their passes. */
const STATE: usize = 16;

export function batchNormWorkspace(channels: i32): usize {
  return <usize>channels * STATE;
}

/**
 * Batch norm of x `[images, channels, pixels]` by its own moments, which are written, too. Every pass goes through the images in the
 * order of memory.
 */
export function batchNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, variance: usize, eps: f32,
  images: i32, channels: i32, pixels: i32, workspace: usize,
): void {
  if (pixels == 1) return normColumns(x, weight, bias, y, mean, variance, eps, images, channels);
  batchMoments(x, mean, variance, images, channels, pixels, workspace);
  for (let i = 0; i < images; i++) {
    for (let c = 0; c < channels; c++) {
      const at = <usize>c << 2;
      const factor = load<f32>(weight + at) * inverseStd(load<f32>(variance + at), eps);
      normalizeRow(x, y, pixels, load<f32>(mean + at), factor, load<f32>(bias + at));
      x += <usize>pixels << 2;
      y += <usize>pixels << 2;
    }
  }
}

@inline
function inverseStd(variance: f32, eps: f32): f32 {
  return <f32>(1 / Math.sqrt(<f64>variance + <f64>eps));
}

@inline
function normalizeRow(x: usize, y: usize, n: i32, mean: f32, scale: f32, shift: f32): void {
  const center = f32x4.splat(mean), factor = f32x4.splat(scale), offset = f32x4.splat(shift);
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, madd(f32x4.sub(v128.load(x), center), factor, offset));
  if (n & 3) storeLanes(y, madd(f32x4.sub(v128.load(x), center), factor, offset), n & 3);
}

/** The moments of each channel, plane by plane (Chan et al., 1979): a plane is still in the cache when its squares are summed. */
function batchMoments(x: usize, mean: usize, variance: usize, images: i32, channels: i32, pixels: i32, workspace: usize): void {
  const size = <f64>pixels;
  memory.fill(workspace, 0, batchNormWorkspace(channels));
  for (let i = 0; i < images; i++) {
    const before = <f64>i * size;
    for (let c = 0; c < channels; c++, x += <usize>pixels << 2) {
      const state = workspace + <usize>c * STATE;
      const own = rowSum(x, pixels);
      const center = <f32>(own / size);
      const lost = own / size - <f64>center;
      let squares = rowSquares(x, pixels, f32x4.splat(center)) - size * lost * lost;
      const sum = load<f64>(state);
      if (i > 0) {
        const apart = own / size - sum / before;
        squares += apart * apart * before * size / (before + size);
      }
      store<f64>(state, sum + own);
      store<f64>(state, load<f64>(state, 8) + squares, 8);
    }
  }
  const count = <f64>images * size;
  for (let c = 0; c < channels; c++) {
    const state = workspace + <usize>c * STATE;
    store<f32>(mean + (<usize>c << 2), <f32>(load<f64>(state) / count));
    store<f32>(variance + (<usize>c << 2), <f32>(load<f64>(state, 8) / count));
  }
}

/** Batch norm of x `[rows, channels]`: four columns at a time. */
function normColumns(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, variance: usize, eps: f32, rows: i32, channels: i32,
): void {
  const stride = <usize>channels << 2;
  const count = f64x2.splat(<f64>rows);
  for (let c = 0; c < channels; c += 4) {
    const first = <usize>c << 2;
    const left = channels - c;
    const end = first + <usize>rows * stride;
    let low = f64x2.splat(0), high = low;
    for (let at = first; at < end; at += stride) {
      low = f64x2.add(low, lowLanes(v128.load(x + at)));
      high = f64x2.add(high, highLanes(v128.load(x + at)));
    }
    const meanLow = f64x2.div(low, count), meanHigh = f64x2.div(high, count);
    low = f64x2.splat(0);
    high = low;
    for (let at = first; at < end; at += stride) {
      const dLow = f64x2.sub(lowLanes(v128.load(x + at)), meanLow);
      const dHigh = f64x2.sub(highLanes(v128.load(x + at)), meanHigh);
      low = f64x2.add(low, f64x2.mul(dLow, dLow));
      high = f64x2.add(high, f64x2.mul(dHigh, dHigh));
    }
    const center = narrow(meanLow, meanHigh);
    const spread = narrow(f64x2.div(low, count), f64x2.div(high, count));
    put(mean + first, center, left);
    put(variance + first, spread, left);
    const factor = f32x4.mul(v128.load(weight + first), inverseStds(spread, eps));
    const offset = v128.load(bias + first);
    for (let at = first; at < end; at += stride) {
      put(y + at, madd(f32x4.sub(v128.load(x + at), center), factor, offset), left);
    }
  }
}

@inline
function inverseStds(variance: v128, eps: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(eps))));
}

/** The gradients of {@link batchNorm} by x, weight and bias. */
export function batchNormGrad(
  x: usize, weight: usize, mean: usize, variance: usize, dy: usize, dx: usize, dweight: usize, dbias: usize, eps: f32,
  images: i32, channels: i32, pixels: i32, workspace: usize,
): void {
  if (pixels == 1) return normGradColumns(x, weight, mean, variance, dy, dx, dweight, dbias, eps, images, channels);
  const bytes = <usize>pixels << 2;
  memory.fill(workspace, 0, batchNormWorkspace(channels));
  for (let i = 0; i < images; i++) {
    for (let c = 0; c < channels; c++) {
      const state = workspace + <usize>c * STATE;
      const at = <usize>(i * channels + c) * bytes;
      const center = v128.load32_splat(mean + (<usize>c << 2));
      store<f64>(state, load<f64>(state) + rowSum(dy + at, pixels));
      store<f64>(state, load<f64>(state, 8) + rowProducts(x + at, dy + at, 0, pixels, center, false), 8);
    }
  }
  const count = <f64>images * <f64>pixels;
  for (let c = 0; c < channels; c++) {
    const state = workspace + <usize>c * STATE;
    const at = <usize>c << 2;
    const inverse = <f64>inverseStd(load<f32>(variance + at), eps);
    const sum = load<f64>(state), product = load<f64>(state, 8);
    store<f32>(dbias + at, <f32>sum);
    store<f32>(dweight + at, <f32>(product * inverse));
    store<f32>(state, <f32>(<f64>load<f32>(weight + at) * inverse));
    store<f32>(state, <f32>(sum / count), 4);
    store<f32>(state, <f32>(product * inverse * inverse / count), 8);
  }
  for (let i = 0; i < images; i++) {
    for (let c = 0; c < channels; c++) {
      const state = workspace + <usize>c * STATE;
      pullRow(
        x, dy, dx, pixels, v128.load32_splat(mean + (<usize>c << 2)),
        v128.load32_splat(state), v128.load32_splat(state + 4), v128.load32_splat(state + 8),
      );
      x += bytes;
      dy += bytes;
      dx += bytes;
    }
  }
}

@inline
function pullRow(x: usize, dy: usize, dx: usize, n: i32, center: v128, factor: v128, shift: v128, slope: v128): void {
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, dy += 16, dx += 16) {
    v128.store(dx, pulled(v128.load(x), v128.load(dy), center, factor, shift, slope));
  }
  if (n & 3) storeLanes(dx, pulled(v128.load(x), v128.load(dy), center, factor, shift, slope), n & 3);
}

/** $a (\mathrm dy - s - k (x - \mu))$. */
@inline
function pulled(x: v128, dy: v128, center: v128, factor: v128, shift: v128, slope: v128): v128 {
  return f32x4.mul(factor, f32x4.sub(f32x4.sub(dy, shift), f32x4.mul(f32x4.sub(x, center), slope)));
}

function normGradColumns(
  x: usize, weight: usize, mean: usize, variance: usize, dy: usize, dx: usize, dweight: usize, dbias: usize, eps: f32,
  rows: i32, channels: i32,
): void {
  const stride = <usize>channels << 2;
  const count = f32x4.splat(<f32>rows);
  for (let c = 0; c < channels; c += 4) {
    const first = <usize>c << 2;
    const left = channels - c;
    const end = first + <usize>rows * stride;
    const center = v128.load(mean + first);
    let sumLow = f64x2.splat(0), sumHigh = sumLow, low = sumLow, high = sumLow;
    for (let at = first; at < end; at += stride) {
      const grad = v128.load(dy + at);
      const product = f32x4.mul(grad, f32x4.sub(v128.load(x + at), center));
      sumLow = f64x2.add(sumLow, lowLanes(grad));
      sumHigh = f64x2.add(sumHigh, highLanes(grad));
      low = f64x2.add(low, lowLanes(product));
      high = f64x2.add(high, highLanes(product));
    }
    const sum = narrow(sumLow, sumHigh);
    const inverse = inverseStds(v128.load(variance + first), eps);
    const share = f32x4.mul(narrow(low, high), inverse);
    put(dbias + first, sum, left);
    put(dweight + first, share, left);
    const factor = f32x4.mul(v128.load(weight + first), inverse);
    const shift = f32x4.div(sum, count);
    const slope = f32x4.div(f32x4.mul(share, inverse), count);
    for (let at = first; at < end; at += stride) {
      put(dx + at, pulled(v128.load(x + at), v128.load(dy + at), center, factor, shift, slope), left);
    }
  }
}
