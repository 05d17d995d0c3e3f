/** Numbers of an image, channel by channel. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** The longer side of what a page shows: a page of many pictures has to stay small. */
const longestSide = 64;

/**
 * An image as small as a page needs it: where it is larger, each pixel is the mean of a square of them.
 *
 * @param data - `[c, h, w]`
 */
export function shrink(data: ArrayLike<number>, channels: number, height: number, width: number): Planes {
  const step = Math.max(1, Math.ceil(Math.max(height, width) / longestSide));
  const [h, w] = [Math.ceil(height / step), Math.ceil(width / step)];
  const values = new Float64Array(channels * h * w);
  for (let i = 0; i < values.length; i++) {
    const [c, y, x] = [Math.floor(i / (h * w)), Math.floor(i / w) % h, i % w];
    const [bottom, right] = [Math.min(height, (y + 1) * step), Math.min(width, (x + 1) * step)];
    let sum = 0;
    for (let row = y * step; row < bottom; row++) {
      for (let column = x * step; column < right; column++) sum += data[(c * height + row) * width + column];
    }
    values[i] = sum / ((bottom - y * step) * (right - x * step));
  }
  return { width: w, height: h, values };
}
