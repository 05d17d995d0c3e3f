import type { UnaryFn } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { elementwise } from './elementwise.ts';

/** Functions that rows share, in gpu.js' JavaScript. */
const shared = {
  expm1: `function expMinusOne(x) {
    if (Math.abs(x) > 0.5) { return Math.exp(x) - 1; }
    return x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7 * (1 + x / 8)))))));
  }`,
  // log(1 + x) = 2 artanh(x / (2 + x)), by its series where x is small.
  log1p: `function logOfOnePlus(x) {
    if (Math.abs(x) > 0.4) { return logarithm(1 + x); }
    const z = x / (2 + x);
    const s = z * z;
    return 2 * z * (1 + s * (1 / 3 + s * (0.2 + s * (1 / 7 + s * (1 / 9 + s / 11)))));
  }`,
  log: `function logarithm(x) {
    if (isNan(x) > 0.5) { return x; }
    if (x < 0) { return notANumber(x); }
    if (x === 0) { return -infinity(x); }
    if (isFinite(x) < 0.5) { return x; }
    return Math.log(x);
  }`,
  sqrt: `function squareRoot(x) {
    if (x < 0) { return notANumber(x); }
    return Math.sqrt(x);
  }`,
  // Cephes' atanf: three ranges, one polynomial.
  atan: `function arcTangent(x) {
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
} as const;

/** Each function in gpu.js' JavaScript; of more than one text, the first calls the others. */
export const unaryRows: { readonly [F in UnaryFn]: readonly string[] } = {
  neg: ['function neg(x) { return -x; }'],
  abs: ['function abs(x) { return Math.abs(x); }'],
  sign: ['function sign(x) { if (x > 0) { return 1; } if (x < 0) { return -1; } return x; }'],
  square: ['function square(x) { return x * x; }'],
  relu: ['function relu(x) { if (x <= 0) { return 0; } return x; }'],
  exp: ['function exponential(x) { if (isNan(x) > 0.5) { return x; } return Math.exp(x); }'],
  expm1: [shared.expm1],
  log: [shared.log],
  log1p: [shared.log1p, shared.log],
  sqrt: [shared.sqrt],
  rsqrt: ['function rsqrt(x) { if (x === 0) { return 1 / x; } return 1 / squareRoot(x); }', shared.sqrt],
  reciprocal: ['function reciprocal(x) { return 1 / x; }'],
  sin: ['function sine(x) { return Math.sin(x); }'],
  cos: ['function cosine(x) { return Math.cos(x); }'],
  tan: ['function tangent(x) { return Math.sin(x) / Math.cos(x); }'],
  asin: ['function arcSine(x) { return arcTangent(x / squareRoot((1 - x) * (1 + x))); }', shared.atan, shared.sqrt],
  acos: [
    `function arcCosine(x) {
      if (x === -1) { return 3.141592653589793; }
      return 2 * arcTangent(squareRoot((1 - x) / (1 + x)));
    }`,
    shared.atan,
    shared.sqrt,
  ],
  atan: [shared.atan],
  sinh: [
    `function sinh(x) {
      const a = Math.abs(x);
      const z = x * x;
      if (a < 1) { return x * (1 + z / 6 * (1 + z / 20 * (1 + z / 42 * (1 + z / 72)))); }
      const y = Math.exp(a - 0.6931471805599453) - Math.exp(-a - 0.6931471805599453);
      if (x < 0) { return -y; }
      return y;
    }`,
  ],
  cosh: [
    'function cosh(x) { const a = Math.abs(x); return Math.exp(a - 0.6931471805599453) + Math.exp(-a - 0.6931471805599453); }',
  ],
  tanh: [
    `function tanh(x) {
      const a = Math.abs(x);
      if (a > 10) { if (x > 0) { return 1; } return -1; }
      const t = expMinusOne(2 * a);
      const y = t / (t + 2);
      if (x < 0) { return -y; }
      return y;
    }`,
    shared.expm1,
  ],
  asinh: [
    `function arcSinh(x) {
      if (isFinite(x) < 0.5) { return x; }
      const a = Math.abs(x);
      let y = 0;
      if (a > 100000000) { y = logarithm(a) + 0.6931471805599453; } else { y = logOfOnePlus(a + a * a / (1 + Math.sqrt(a * a + 1))); }
      if (x < 0) { return -y; }
      return y;
    }`,
    shared.log1p,
    shared.log,
  ],
  acosh: [
    `function arcCosh(x) {
      if (x > 100000000) { return logarithm(x) + 0.6931471805599453; }
      const t = x - 1;
      return logOfOnePlus(t + squareRoot(t * (t + 2)));
    }`,
    shared.log1p,
    shared.log,
    shared.sqrt,
  ],
  atanh: [
    `function arcTanh(x) {
      const a = Math.abs(x);
      if (a === 1) { return x * infinity(x); }
      const y = 0.5 * logOfOnePlus(2 * a / (1 - a));
      if (x < 0) { return -y; }
      return y;
    }`,
    shared.log1p,
    shared.log,
  ],
  sigmoid: [
    `function sigmoid(x) {
      const e = Math.exp(-Math.abs(x));
      if (x >= 0) { return 1 / (1 + e); }
      return e / (1 + e);
    }`,
  ],
  softplus: [
    `function softplus(x) {
      if (isNan(x) > 0.5) { return x; }
      return Math.max(x, 0) + logOfOnePlus(Math.exp(-Math.abs(x)));
    }`,
    shared.log1p,
    shared.log,
  ],
  // The Taylor series near 0, elsewhere 1 - erfc by the Chebyshev fit of Numerical Recipes, 6.2.
  erf: [
    `function errorFunction(x) {
      if (isNan(x) > 0.5) { return x; }
      const a = Math.abs(x);
      const z = x * x;
      if (a < 0.5) {
        return 1.1283791670955126 * x * (1 - z * (1 / 3 - z * (0.1 - z * (1 / 42 - z * (1 / 216 - z / 1320)))));
      }
      const t = 1 / (1 + 0.5 * a);
      const fit = -z - 1.26551223 + t * (1.00002368 + t * (0.37409196 + t * (0.09678418 + t * (-0.18628806
        + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
      const y = 1 - t * Math.exp(fit);
      if (x < 0) { return -y; }
      return y;
    }`,
  ],
  floor: ['function floor(x) { return Math.floor(x); }'],
  ceil: ['function ceil(x) { return Math.ceil(x); }'],
  round: [
    `function roundToEven(x) {
      const f = Math.floor(x);
      const rest = x - f;
      if (rest < 0.5) { return f; }
      if (rest > 0.5) { return f + 1; }
      return 2 * Math.floor(x * 0.5 + 0.5);
    }`,
  ],
  trunc: ['function trunc(x) { if (x < 0) { return Math.ceil(x); } return Math.floor(x); }'],
  isNan: ['function testNan(x) { return isNan(x); }'],
  isFinite: ['function testFinite(x) { return isFinite(x); }'],
  logicalNot: ['function logicalNot(x) { if (isNan(x) > 0.5) { return 0; } if (x === 0) { return 1; } return 0; }'],
};

export const unary: Kernel<'unary'> = (machine, inputs, { fn }, out) => {
  elementwise(machine, { key: `unary ${fn}`, functions: unaryRows[fn] }, inputs, out);
};
