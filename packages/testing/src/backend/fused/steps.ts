import { numbers, positive } from '../host.ts';
import { adam, floats, sgd } from './formulas.ts';
import type { FusedCases } from './fused-case.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const counts = [1, 4, 6, 1001];

export const reluGradCases: FusedCases<'reluGrad'> = () => [
  {
    name: 'passes at NaN, and is 0 where the rectifier is off, infinite or not',
    inputs: [floats([5], [0, 2, nan, 0, 1]), floats([5], [1, 2, 3, inf, -inf])],
    attrs: {},
    outs: [floats([5], [0, 2, 3, 0, -inf])],
  },
  ...counts.map((n) => {
    const [y, dy] = [numbers([n]), numbers([n], 'float32', 2)];
    const dx = Array.from(dy.data, (value, i) => (y.data[i] <= 0 ? 0 : value));
    return { name: `of ${n}`, inputs: [y, dy], attrs: {}, outs: [floats([n], dx)] };
  }),
];

export const adamStepCases: FusedCases<'adamStep'> = () =>
  counts.flatMap((n) =>
    [
      { penalty: 0.1, shrink: 0.99 },
      { penalty: 0, shrink: 1 },
    ].map((decay) => {
      const attrs = { rate: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, correction: 0.3, ...decay };
      const [value, grad, m] = [1, 2, 3].map((seed) => numbers([n], 'float32', seed));
      const v = positive([n], 'float32', 4);
      const rows = Array.from(value.data, (theta, i) => adam(theta, grad.data[i], m.data[i], v.data[i], attrs));
      const outs = [0, 1, 2].map((k) =>
        floats(
          [n],
          rows.map((row) => row[k]),
        ),
      );
      return { name: `of ${n}, penalty ${decay.penalty}`, inputs: [value, grad, m, v], attrs, outs };
    }),
  );

export const sgdStepCases: FusedCases<'sgdStep'> = () =>
  counts.flatMap((n) =>
    [
      { momentum: 0, dampening: 0, nesterov: false },
      { momentum: 0.9, dampening: 0.3, nesterov: false },
      { momentum: 0.9, dampening: 0, nesterov: true },
    ].map((options) => {
      const attrs = { lr: 0.1, penalty: 0.2, ...options };
      const [value, grad, buffer] = [1, 2, 3].map((seed) => numbers([n], 'float32', seed));
      const rows = Array.from(value.data, (theta, i) => sgd(theta, grad.data[i], buffer.data[i], attrs));
      const inputs = options.momentum === 0 ? [value, grad] : [value, grad, buffer];
      const outs = rows[0].map((_, k) =>
        floats(
          [n],
          rows.map((row) => row[k]),
        ),
      );
      return { name: `of ${n}, ${JSON.stringify(options)}`, inputs, attrs, outs };
    }),
  );
