import { elementwise, type Row } from '../kernels/elementwise.ts';
import type { FusedKernel } from '../machine.ts';

// A program reads the value only where an L2 penalty needs it.
const first: Row = { key: 'adam m', functions: ['function f(g, m, keep, take) { return keep * m + take * g; }'] };
const second: Row = { key: 'adam v', functions: ['function f(g, v, keep, take) { return keep * v + take * g * g; }'] };
const firstWithPenalty: Row = {
  key: 'adam m, penalty',
  functions: [`function f(grad, m, value, keep, take, penalty) { return keep * m + take * (grad + penalty * value); }`],
};
const secondWithPenalty: Row = {
  key: 'adam v, penalty',
  functions: [
    `function f(grad, v, value, keep, take, penalty) {
      const g = grad + penalty * value;
      return keep * v + take * g * g;
    }`,
  ],
};
const moved: Row = {
  key: 'adam value',
  functions: [
    `function f(value, m, v, rate, inverse, eps, shrink) {
      return shrink * value - rate * (m / (Math.sqrt(v) * inverse + eps));
    }`,
  ],
};

export const adamStep: FusedKernel<'adamStep'> = (
  machine,
  [value, grad, m, v],
  { rate, beta1, beta2, eps, correction, penalty, shrink },
  [nextValue, nextM, nextV],
) => {
  // 1 - β is rounded once, not after β was.
  const shares = [
    [beta1, 1 - beta1],
    [beta2, 1 - beta2],
  ];
  if (penalty === 0) {
    elementwise(machine, first, [grad, m], nextM, shares[0]);
    elementwise(machine, second, [grad, v], nextV, shares[1]);
  } else {
    elementwise(machine, firstWithPenalty, [grad, m, value], nextM, [...shares[0], penalty]);
    elementwise(machine, secondWithPenalty, [grad, v, value], nextV, [...shares[1], penalty]);
  }
  elementwise(machine, moved, [value, nextM, nextV], nextValue, [rate, 1 / correction, eps, shrink]);
};

const plain: Row = {
  key: 'sgd',
  functions: ['function f(value, grad, lr, penalty) { return value - lr * (grad + penalty * value); }'],
};
const kept: Row = {
  key: 'sgd buffer',
  functions: [
    `function f(grad, buffer, value, momentum, take, penalty) { return momentum * buffer + take * (grad + penalty * value); }`,
  ],
};
const along: Row = { key: 'sgd along', functions: ['function f(value, buffer, lr) { return value - lr * buffer; }'] };
const ahead: Row = {
  key: 'sgd nesterov',
  functions: [
    `function f(value, buffer, grad, lr, momentum, penalty) {
      return value - lr * (grad + penalty * value + momentum * buffer);
    }`,
  ],
};

export const sgdStep: FusedKernel<'sgdStep'> = (
  machine,
  [value, grad, buffer],
  { lr, momentum, dampening, penalty, nesterov },
  [nextValue, nextBuffer],
) => {
  if (nextBuffer === undefined) {
    elementwise(machine, plain, [value, grad], nextValue, [lr, penalty]);
    return;
  }
  elementwise(machine, kept, [grad, buffer, value], nextBuffer, [momentum, 1 - dampening, penalty]);
  if (nesterov) elementwise(machine, ahead, [value, nextBuffer, grad], nextValue, [lr, momentum, penalty]);
  else elementwise(machine, along, [value, nextBuffer], nextValue, [lr]);
};
