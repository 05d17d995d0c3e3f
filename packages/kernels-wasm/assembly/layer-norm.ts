import { madd, storeLanes } from './common';
import { BLOCK, rowDot, rowProducts, rowSquares, rowSum } from './moments';
import { put } from './tails';
import { highLanes, lowLanes, narrow } from './wide';

/** Layer norm of each row of x `[rows, n]` by its own moments, which are written, too. */
export function layerNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, variance: usize, eps: f32, rows: i32, n: i32,
): void {
  const size = <f64>n;
  const whole = <usize>(n & ~3) << 2;
  for (let i = 0; i < rows; i++) {
    const exact = rowSum(x, n) / size;
    const middle = <f32>exact;
    const lost = exact - <f64>middle;
    const center = f32x4.splat(middle);
    const spread = <f32>(rowSquares(x, n, center) / size - lost * lost);
    store<f32>(mean, middle);
    store<f32>(variance, spread);
    const inverse = f32x4.splat(inverseStd(spread, eps));
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), center), inverse);
      v128.store(y + at, madd(unit, v128.load(weight + at), v128.load(bias + at)));
    }
    if (n & 3) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), center), inverse);
      storeLanes(y + at, madd(unit, v128.load(weight + at), v128.load(bias + at)), n & 3);
    }
    x += <usize>n << 2;
    y += <usize>n << 2;
    mean += 4;
    variance += 4;
  }
}

@inline
function inverseStd(variance: f32, eps: f32): f32 {
  return <f32>(1 / Math.sqrt(<f64>variance + <f64>eps));
}

/** The gradient of {@link layerNorm} by x. */
export function layerNormGrad(
  x: usize, weight: usize, mean: usize, variance: usize, dy: usize, dx: usize, eps: f32, rows: i32, n: i32,
): void {
  const size = <f64>n;
  const whole = <usize>(n & ~3) << 2;
  for (let i = 0; i < rows; i++) {
    const center = v128.load32_splat(mean);
    const inverse = <f64>inverseStd(load<f32>(variance), eps);
    const shift = f32x4.splat(<f32>(rowDot(dy, weight, n) / size));
    const slope = f32x4.splat(<f32>(rowProducts(x, dy, weight, n, center, true) * inverse * inverse / size));
    const factor = f32x4.splat(<f32>inverse);
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(dx + at, pulled(x + at, weight + at, dy + at, center, factor, shift, slope));
    if (n & 3) storeLanes(dx + at, pulled(x + at, weight + at, dy + at, center, factor, shift, slope), n & 3);
    x += <usize>n << 2;
    dy += <usize>n << 2;
    dx += <usize>n << 2;
    mean += 4;
    variance += 4;
  }
}

/** $a (w\,\mathrm dy - s - k (x - \mu))$. */
@inline
function pulled(x: usize, weight: usize, dy: usize, center: v128, factor: v128, shift: v128, slope: v128): v128 {
  const g = f32x4.mul(v128.load(dy), v128.load(weight));
  return f32x4.mul(factor, f32x4.sub(f32x4.sub(g, shift), f32x4.mul(f32x4.sub(v128.load(x), center), slope)));
}

/** The gradients of {@link layerNorm} by weight and bias: four columns at a time. */
export function layerNormWeightGrad(
  x: usize, mean: usize, variance: usize, dy: usize, dweight: usize, dbias: usize, eps: f32, rows: i32, n: i32,
): void {
  const stride = <usize>n << 2;
  for (let j = 0; j < n; j += 4) {
    const first = <usize>j << 2;
    let from = x + first, grads = dy + first;
    let low = f64x2.splat(0), high = low, sumLow = low, sumHigh = low;
    for (let row = 0; row < rows; row += BLOCK) {
      let product = f32x4.splat(0), sum = product;
      const end = min(rows, row + BLOCK);
      for (let i = row; i < end; i++, from += stride, grads += stride) {
        const inverse = inverseStd(load<f32>(variance + (<usize>i << 2)), eps);
        const unit = f32x4.mul(f32x4.sub(v128.load(from), v128.load32_splat(mean + (<usize>i << 2))), f32x4.splat(inverse));
        const g = v128.load(grads);
        product = madd(g, unit, product);
        sum = f32x4.add(sum, g);
      }
      low = f64x2.add(low, lowLanes(product));
      high = f64x2.add(high, highLanes(product));
      sumLow = f64x2.add(sumLow, lowLanes(sum));
      sumHigh = f64x2.add(sumHigh, highLanes(sum));
    }
    put(dweight + first, narrow(low, high), n - j);
    put(dbias + first, narrow(sumLow, sumHigh), n - j);
  }
}
