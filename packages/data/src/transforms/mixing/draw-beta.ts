import type { SampleRandom } from '../sample-random.ts';

/** A number of Beta(alpha, alpha), as the share of one of two gamma numbers; by logarithms, as both may be next to 0. */
export function drawBeta(alpha: number, random: SampleRandom): number {
  return 1 / (1 + Math.exp(logGamma(alpha, random) - logGamma(alpha, random)));
}

/**
 * The logarithm of a number of Gamma(alpha, 1).
 *
 * @see Marsaglia & Tsang, A simple method for generating gamma variables, 2000
 */
function logGamma(alpha: number, random: SampleRandom): number {
  // Their method needs alpha ≥ 1: Gamma(a) is Gamma(a + 1) · U^(1 / a).
  if (alpha < 1) return logGamma(alpha + 1, random) + Math.log(1 - random.uniform(0, 1)) / alpha;
  const d = alpha - 1 / 3;
  for (;;) {
    const z = random.normal();
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform(0, 1)) < 0.5 * z * z + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
