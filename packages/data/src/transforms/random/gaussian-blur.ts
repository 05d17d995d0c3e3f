import { mirrored } from '../mirrored.ts';

/** Smooths `[height, width]` by a Gaussian of deviation `sigma` pixels, cut off at 4 σ; beyond the edge the values are mirrored. */
export function gaussianBlur(values: Float64Array, height: number, width: number, sigma: number): Float64Array {
  if (sigma === 0) return values;
  const reach = Math.ceil(4 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  return along(along(values, kernel, height, width, width, 1), kernel, width, height, 1, width);
}

/** Convolves `lines` lines of `length` values each, `step` apart. */
function along(
  from: Float64Array,
  kernel: Float64Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
): Float64Array {
  const out = new Float64Array(from.length);
  const reach = (kernel.length - 1) / 2;
  const line = new Float64Array(length + 2 * reach);
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < line.length; i++) line[i] = from[l * lineStep + mirrored(i - reach, length) * step];
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k] * line[i + k];
      out[l * lineStep + i * step] = sum;
    }
  }
  return out;
}
