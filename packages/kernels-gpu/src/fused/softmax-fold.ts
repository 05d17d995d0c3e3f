import { nanTest } from '../kernels/natives.ts';
import type { Language } from '../language/language.ts';
import { type Fold, share } from './row-fold.ts';

/** Powers of less are 0. Adapters that compute $e^{-\infty}$ otherwise are told this instead. */
export const least = '-200.0';
const lowest = '-3.4028234663852886e38';

/**
 * The greatest $m$ of a row and $\sum e^{x - m}$, which is NaN where some $x$ is NaN or $+\infty$, and 0 where all are $-\infty$. A NaN shows in
 * the sum of the exponents, since a maximum or an exponential may lose it.
 */
export const softmaxFold: Fold = {
  key: 'softmax',
  buffers: ['x'],
  floats: ['below'],
  natives: (g) => [nanTest(g)],
  begin: (g) =>
    `${g.declare('float', 'top', lowest)} ${g.declare('vec4', 'sum', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${g.declare('vec4', 'exponents', 'sum')}`,
  passes: [
    (g, { of, keep }) => `${g.declare('vec4', 'v', keep(of('x'), g.argument('below')))}
      ${g.declare('float', 'most', 'max(max(v.x, v.y), max(v.z, v.w))')}
      if (most > top) { sum = sum * exp(max(top - most, ${least})); top = most; }
      ${g.declare('vec4', 'd', 'v - vec4(top, top, top, top)')}
      exponents += d; sum += exp(max(d, vec4(${least}, ${least}, ${least}, ${least})));`,
  ],
  after: [
    'if (isNan(total(exponents)) > 0.5) { return vec4(top, total(exponents), 0.0, 0.0); } return vec4(top, total(sum), 0.0, 0.0);',
  ],
  merge: (g) => `${g.declare('vec4', 's', `vec4(${lowest}, 0.0, 0.0, 0.0)`)}
    ${g.loop('p', 'first', 'last', `s.x = max(s.x, ${share(g)}.x);`)}
    ${g.loop('p', 'first', 'last', `${g.declare('vec4', 'v', share(g))} s.y += v.y * exp(max(v.x - s.x, ${least}));`)} return s;`,
};

interface RowOfSoftmax {
  readonly fold: Fold;
  readonly floats: readonly string[];
  prepare(g: Language): string;
}

/** The row of {@link softmaxFold} as an element needs it: `s.y` is the sum and `s.z` its logarithm, NaN where the sum is 0. */
export const rowOfSoftmax: RowOfSoftmax = {
  fold: softmaxFold,
  floats: ['nan'],
  prepare: (g: Language) => `if (s.y == 0.0) { s.y = ${g.argument('nan')}; }
    if (isNan(s.y) > 0.5) { s.z = s.y; } else { s.z = log(s.y); }`,
};
