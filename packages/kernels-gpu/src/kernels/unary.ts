import type { UnaryFn } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { elementwise } from './elementwise.ts';

/** Functions that rows share, in gpu.js' JavaScript; it leaves out those that a row does not call. */
const shared: readonly string[] = [
  `function exponential(x) { if (isNan(x) > 0.5) { return x; } return Math.exp(x); }`,
  `function expMinusOne(x) {
    if (Math.abs(x) > 0.5) { return exponential(x) - 1; }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7 * (1 + x / 8)))))));
  }`,
  // log(1 + x) = 2 artanh(x / (2 + x)), by its series where x is small.
  `function logOfOnePlus(x) {
    if (Math.abs(x) > 0.4) { return logarithm(1 + x); }
    const z = x / (2 + x);
    const s = z * z;
    return 2 * z * (1 + s * (1 / 3 + s * (0.2 + s * (1 / 7 + s * (1 / 9 + s / 11)))));
  }`,
  `function logarithm(x) {
    if (isNan(x) > 0.5) { return x; }
    if (x < 0) { return notANumber(x); }
    if (x === 0) { return -infinity(x); }
    if (isFinite(x) < 0.5) { return x; }
    return Math.log(x);
  }`,
  `function squareRoot(x) {
    if (x < 0) { return notANumber(x); }
    return Math.sqrt(x);
  }`,
  // Cephes' atanf: three ranges, one polynomial.
  `function arcTangent(x) {
    if (isNan(x) > 0.5) { return x; }
    const a = Math.abs(x);
    let base = 0;
    let t = a;
    if (a > 2.414213562373095) { base = 1.5707963267948966; t = -1 / a; } else {
      if (a > 0.4142135623730950) { base = 0.7853981633974483; t = (a - 1) / (a + 1); }
    }
    const z = t * t;
    const y = base + ((((0.0805374449538 * z - 0.138776856032) * z + 0.199777106478) * z - 0.333329491539) * z * t + t);
    if (x < 0) { return -y; }
    return y;
  }`,
  // Cephes' sinf and cosf: the argument less a multiple of pi / 2 in three parts, one polynomial each. `turn` is 0 for the sine, 1 for the cosine.
  `function sineOf(x, turn) {
    if (isFinite(x) < 0.5) { return notANumber(x); }
    const n = Math.floor(x * 0.6366197723675814 + 0.5);
    const r = x - n * 1.5703125 - n * 0.0004837512969970703 - n * 0.00000007549789948768648;
    const z = r * r;
    const s = r + r * z * (-0.16666654611 + z * (0.0083321608736 - z * 0.00019515295891));
    const c = 1 - 0.5 * z + z * z * (0.04166664568298827 + z * (-0.001388731625493765 + z * 0.00002443315711809948));
    const m = n + turn;
    const quarter = m - 4 * Math.floor(m * 0.25);
    if (quarter < 0.5) { return s; }
    if (quarter < 1.5) { return c; }
    if (quarter < 2.5) { return -s; }
    return -c;
  }`,
];

/** Each function in gpu.js' JavaScript. */
const rows: { readonly [F in UnaryFn]: string } = {
  neg: 'function f(x) { return -x; }',
  abs: 'function f(x) { return Math.abs(x); }',
  sign: 'function f(x) { if (x > 0) { return 1; } if (x < 0) { return -1; } return x; }',
  square: 'function f(x) { return x * x; }',
  relu: 'function f(x) { if (x <= 0) { return 0; } return x; }',
  exp: 'function f(x) { return exponential(x); }',
  expm1: 'function f(x) { return expMinusOne(x); }',
  log: 'function f(x) { return logarithm(x); }',
  log1p: 'function f(x) { return logOfOnePlus(x); }',
  sqrt: 'function f(x) { return squareRoot(x); }',
  rsqrt: 'function f(x) { if (x === 0) { return 1 / x; } return 1 / squareRoot(x); }',
  reciprocal: 'function f(x) { return 1 / x; }',
  sin: 'function f(x) { return sineOf(x, 0); }',
  cos: 'function f(x) { return sineOf(x, 1); }',
  tan: 'function f(x) { return sineOf(x, 0) / sineOf(x, 1); }',
  asin: 'function f(x) { return arcTangent(x / squareRoot((1 - x) * (1 + x))); }',
  acos: `function f(x) {
      if (x === -1) { return 3.141592653589793; }
      return 2 * arcTangent(squareRoot((1 - x) / (1 + x)));
    }`,
  atan: 'function f(x) { return arcTangent(x); }',
  sinh: `function f(x) {
      const a = Math.abs(x);
      const z = x * x;
      if (a < 1) { return x * (1 + z / 6 * (1 + z / 20 * (1 + z / 42 * (1 + z / 72)))); }
      const y = exponential(a - 0.6931471805599453) - exponential(-a - 0.6931471805599453);
      if (x < 0) { return -y; }
      return y;
    }`,
  cosh: 'function f(x) { const a = Math.abs(x); return exponential(a - 0.6931471805599453) + exponential(-a - 0.6931471805599453); }',
  tanh: `function f(x) {
      const a = Math.abs(x);
      if (a > 10) { if (x > 0) { return 1; } return -1; }
      const t = expMinusOne(2 * a);
      const y = t / (t + 2);
      if (x < 0) { return -y; }
      return y;
    }`,
  asinh: `function f(x) {
      if (isFinite(x) < 0.5) { return x; }
      const a = Math.abs(x);
      let y = 0;
      if (a > 100000000) { y = logarithm(a) + 0.6931471805599453; } else { y = logOfOnePlus(a + a * a / (1 + Math.sqrt(a * a + 1))); }
      if (x < 0) { return -y; }
      return y;
    }`,
  acosh: `function f(x) {
      if (x > 100000000) { return logarithm(x) + 0.6931471805599453; }
      const t = x - 1;
      return logOfOnePlus(t + squareRoot(t * (t + 2)));
    }`,
  atanh: `function f(x) {
      const a = Math.abs(x);
      if (a === 1) { return x * infinity(x); }
      const y = 0.5 * logOfOnePlus(2 * a / (1 - a));
      if (x < 0) { return -y; }
      return y;
    }`,
  sigmoid: `function f(x) {
      const e = exponential(-Math.abs(x));
      if (x >= 0) { return 1 / (1 + e); }
      return e / (1 + e);
    }`,
  softplus: `function f(x) {
      if (isNan(x) > 0.5) { return x; }
      return Math.max(x, 0) + logOfOnePlus(exponential(-Math.abs(x)));
    }`,
  // The Taylor series near 0, elsewhere 1 - erfc by the Chebyshev fit of Numerical Recipes, 6.2.
  erf: `function f(x) {
      if (isNan(x) > 0.5) { return x; }
      const a = Math.abs(x);
      const z = x * x;
      if (a < 0.5) {
        return 1.1283791670955126 * x * (1 - z * (1 / 3 - z * (0.1 - z * (1 / 42 - z * (1 / 216 - z / 1320)))));
      }
      const t = 1 / (1 + 0.5 * a);
      const fit = -z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
        + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
      const y = 1 - t * exponential(fit);
      if (x < 0) { return -y; }
      return y;
    }`,
  floor: 'function f(x) { return Math.floor(x); }',
  ceil: 'function f(x) { return Math.ceil(x); }',
  round: `function f(x) {
      const f = Math.floor(x);
      const rest = x - f;
      if (rest < 0.5) { return f; }
      if (rest > 0.5) { return f + 1; }
      return 2 * Math.floor(x * 0.5 + 0.5);
    }`,
  trunc: 'function f(x) { if (x < 0) { return Math.ceil(x); } return Math.floor(x); }',
  isNan: 'function f(x) { return isNan(x); }',
  isFinite: 'function f(x) { return isFinite(x); }',
  logicalNot: 'function f(x) { if (isNan(x) > 0.5) { return 0; } if (x === 0) { return 1; } return 0; }',
};

export const unary: Kernel<'unary'> = (machine, inputs, { fn }, out) => {
  elementwise(machine, { key: `unary ${fn}`, functions: [rows[fn], ...shared] }, inputs, out);
};

/** Functions of one element for kernels of other rows, called as `names` say; the rest is what they call. */
export function unaryFunctions(names: { readonly [F in UnaryFn]?: string }): string[] {
  const own = (Object.keys(names) as UnaryFn[]).map((fn) => rows[fn].replace('function f(', `function ${names[fn]}(`));
  return [...own, ...shared];
}
