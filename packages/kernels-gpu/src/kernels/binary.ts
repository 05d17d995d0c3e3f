import type { BinaryFn } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { elementwise } from './elementwise.ts';

/** The functions in gpu.js' JavaScript. A comparison with NaN is false; compilers may take it for true, so those ask first. */
const rows: { readonly [F in BinaryFn]: string } = {
  add: 'function f(a, b) { return a + b; }',
  sub: 'function f(a, b) { return a - b; }',
  mul: 'function f(a, b) { return a * b; }',
  div: 'function f(a, b) { return a / b; }',
  pow: `function f(a, b) {
    if (b === 0 || a === 1) { return 1; }
    if (isNan(a) > 0.5) { return a; }
    if (isNan(b) > 0.5) { return b; }
    const m = Math.abs(a);
    let p = 0;
    if (m === 1) { p = 1; } else {
      if (m === 0 || isFinite(m) < 0.5 || isFinite(b) < 0.5) {
        if (m > 1 === b > 0) { p = infinity(m); }
      } else { p = Math.pow(m, b); }
    }
    if (a > 0 || a === 0 && p === 0 || isFinite(b) < 0.5) { return p; }
    if (Math.floor(b) !== b) { if (a < 0 && isFinite(a) > 0.5) { return notANumber(a); } return p; }
    if (b - 2 * Math.floor(b * 0.5) === 1 && a < 0) { return -p; }
    return p;
  }`,
  remainder: `function f(a, b) {
    if (isFinite(b) < 0.5 && isFinite(a) > 0.5) {
      if (isNan(b) > 0.5) { return b; }
      if (a === 0 || a > 0 === b > 0) { return a; }
      return b;
    }
    const q = a / b;
    let rest = a - b * Math.floor(q);
    if (b > 0) { if (rest >= b) { rest -= b; } if (rest < 0) { rest += b; } } else { if (rest <= b) { rest -= b; } if (rest > 0) { rest += b; } }
    return rest;
  }`,
  maximum:
    'function f(a, b) { if (isNan(a) > 0.5) { return a; } if (isNan(b) > 0.5) { return b; } if (a > b) { return a; } return b; }',
  minimum:
    'function f(a, b) { if (isNan(a) > 0.5) { return a; } if (isNan(b) > 0.5) { return b; } if (a < b) { return a; } return b; }',
  atan2: `function f(y, x) {
    if (isNan(x) > 0.5) { return x; }
    if (isNan(y) > 0.5) { return y; }
    const v = Math.abs(y);
    const u = Math.abs(x);
    if (v === 0 && u === 0) { return 0; }
    let t = Math.min(u, v) / Math.max(u, v);
    if (isFinite(u) < 0.5 && isFinite(v) < 0.5) { t = 1; }
    let base = 0;
    let s = t;
    if (t > 0.4142135623730950) { base = 0.7853981633974483; s = (t - 1) / (t + 1); }
    const z = s * s;
    let angle = base + ((((0.0805374449538 * z - 0.138776856032) * z + 0.199777106478) * z - 0.333329491539) * z * s + s);
    if (v > u) { angle = 1.5707963267948966 - angle; }
    if (x < 0) { angle = 3.141592653589793 - angle; }
    if (y < 0) { angle = -angle; }
    return angle;
  }`,
  equal: comparison('a === b', 0),
  notEqual: comparison('a !== b', 1),
  less: comparison('a < b', 0),
  lessEqual: comparison('a <= b', 0),
  greater: comparison('a > b', 0),
  greaterEqual: comparison('a >= b', 0),
  logicalAnd: logic('p > 0.5 && q > 0.5'),
  logicalOr: logic('p > 0.5 || q > 0.5'),
  logicalXor: logic('Math.abs(p - q) > 0.5'),
};

export const binary: Kernel<'binary'> = (machine, inputs, { fn }, out) => {
  elementwise(machine, { key: `binary ${fn}`, functions: [rows[fn]] }, inputs, out);
};

export const select: Kernel<'select'> = (machine, inputs, _, out) => {
  const choose = 'function f(c, a, b) { if (c === 0) { return b; } return a; }';
  elementwise(machine, { key: 'select', functions: [choose] }, inputs, out);
};

function comparison(test: string, withNan: number): string {
  return `function f(a, b) { if (isNan(a) > 0.5 || isNan(b) > 0.5) { return ${withNan}; } if (${test}) { return 1; } return 0; }`;
}

/** NaN is true. */
function logic(test: string): string {
  return `function f(a, b) {
    let p = isNan(a);
    let q = isNan(b);
    if (a !== 0) { p = 1; }
    if (b !== 0) { q = 1; }
    if (${test}) { return 1; }
    return 0;
  }`;
}
