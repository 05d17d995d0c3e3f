/**
 * Error function $\frac{2}{\sqrt\pi} \int_0^x e^{-t^2} dt$, relative error below 1e-15.
 * Abramowitz & Stegun 1964: series 7.1.6 near zero, continued fraction 7.1.14 of $1 - \operatorname{erf}$ beyond.
 */
export function erf(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(z)) return Number.NaN;
  if (z >= 6) return Math.sign(x);
  return Math.sign(x) * (z < 1.25 ? series(z) : 1 - complement(z));
}

/** All terms are positive, so nothing cancels: $\frac{2}{\sqrt\pi} e^{-z^2} \sum_n \frac{2^n z^{2n+1}}{(2n+1)!!}$. */
function series(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 2 ** -54; n++) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}

/** $\frac{e^{-z^2}}{\sqrt\pi} \cfrac{1}{z + \cfrac{1/2}{z + \cfrac{1}{z + \cfrac{3/2}{z + \dots}}}}$, from the inside; 120 levels suffice at z = 1.25. */
function complement(z: number): number {
  let fraction = z;
  for (let n = 120; n >= 1; n--) fraction = z + n / 2 / fraction;
  return Math.exp(-z * z) / (Math.sqrt(Math.PI) * fraction);
}
