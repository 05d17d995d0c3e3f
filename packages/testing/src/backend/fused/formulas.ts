import type { AdamStepAttrs, HostTensor, SgdStepAttrs, Shape } from '@dl/kernels';
import { host } from '../host.ts';

/** Fused kernels by their formulas, in double precision: rows and columns of plain arrays. */
export type Numbers = readonly number[];

const sum = (xs: Numbers): number => xs.reduce((a, b) => a + b, 0);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function softmax(xs: Numbers): number[] {
  const top = Math.max(...xs);
  const powers = xs.map((x) => Math.exp(x - top));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

export function logSoftmax(xs: Numbers): number[] {
  const top = Math.max(...xs);
  const offset = Math.log(sum(xs.map((x) => Math.exp(x - top))));
  return xs.map((x) => x - top - offset);
}

export function softmaxGrad(y: Numbers, dy: Numbers): number[] {
  const s = sum(y.map((value, i) => value * dy[i]));
  return y.map((value, i) => value * (dy[i] - s));
}

export function logSoftmaxGrad(y: Numbers, dy: Numbers): number[] {
  const s = sum(dy);
  return y.map((value, i) => dy[i] - Math.exp(value) * s);
}

/** A set of values that are normalised together. */
export function normalized(xs: Numbers, eps: number): { unit: number[]; mean: number; variance: number; inverse: number } {
  const mean = sum(xs) / xs.length;
  const variance = sum(xs.map((x) => (x - mean) ** 2)) / xs.length;
  const inverse = 1 / Math.sqrt(variance + eps);
  return { unit: xs.map((x) => (x - mean) * inverse), mean, variance, inverse };
}

/** The gradient of {@link normalized} along `g`. */
export function normalizedGrad(xs: Numbers, g: Numbers, eps: number): number[] {
  const { unit, inverse } = normalized(xs, eps);
  const center = sum(g) / g.length;
  const along = sum(g.map((value, i) => value * unit[i])) / g.length;
  return g.map((value, i) => inverse * (value - center - unit[i] * along));
}

/** The gates of a unit after their activations. */
export function activated([i, f, g, o]: Numbers): number[] {
  return [sigmoid(i), sigmoid(f), Math.tanh(g), sigmoid(o)];
}

/** One unit of a cell: i, f, g, o and the state → the next h and c. */
export function lstmUnit(gates: Numbers, c: number): readonly [h: number, c: number] {
  const [i, f, g, o] = activated(gates);
  const next = f * c + i * g;
  return [o * Math.tanh(next), next];
}

export function adam(theta: number, grad: number, m: number, v: number, attrs: AdamStepAttrs): readonly number[] {
  const { rate, beta1, beta2, eps, correction, penalty, shrink } = attrs;
  const g = grad + penalty * theta;
  const first = beta1 * m + (1 - beta1) * g;
  const second = beta2 * v + (1 - beta2) * g * g;
  return [shrink * theta - (rate * first) / (Math.sqrt(second) / correction + eps), first, second];
}

export function sgd(theta: number, grad: number, buffer: number, attrs: SgdStepAttrs): readonly number[] {
  const { lr, momentum, dampening, penalty, nesterov } = attrs;
  const g = grad + penalty * theta;
  if (momentum === 0) return [theta - lr * g];
  const next = momentum * buffer + (1 - dampening) * g;
  return [theta - lr * (nesterov ? g + momentum * next : next), next];
}

/** Floats of a shape. */
export function floats(shape: Shape, values: ArrayLike<number>): HostTensor {
  return host(shape, 'float32', Array.from(values));
}

/** Places of the elements along the middle axis of `[outer, extent, inner]`, one list each. */
export function linesOf([outer, extent, inner]: Shape): number[][] {
  return Array.from({ length: outer * inner }, (_, line) =>
    Array.from({ length: extent }, (_, i) => (Math.floor(line / inner) * extent + i) * inner + (line % inner)),
  );
}

/** An array of `size`, filled by lists of values for lists of places. */
export function scattered(size: number, places: readonly Numbers[], values: readonly Numbers[]): number[] {
  const all = new Array<number>(size).fill(0);
  for (const [line, list] of places.entries()) for (const [k, place] of list.entries()) all[place] = values[line][k];
  return all;
}
