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
  const places = Int32Array.from({ length: length + 2 * reach }, (_, i) => mirrored(i - reach, length) * step);
  const line = new Float64Array(places.length);
  const sums = new Float64Array(length);
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < line.length; i++) line[i] = from[l * lineStep + places[i]];
    sums.fill(0);
    // By weight first: sums next to each other do not wait for one another.
    for (let k = 0; k < kernel.length; k++) {
      const weight = kernel[k];
      for (let i = 0; i < length; i++) sums[i] += weight * line[i + k];
    }
    for (let i = 0; i < length; i++) out[l * lineStep + i * step] = sums[i];
  }
  return out;
}
