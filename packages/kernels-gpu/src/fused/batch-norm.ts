import type { Language } from '../language/language.ts';
import type { FusedKernel, Machine, Operand } from '../machine.ts';
import { type Pointwise, pointwise, wayAlong } from './around.ts';
import { moments } from './moments.ts';
import { type Fold, type Folded, fan, foldRows, mergedInts, mergedProgram, sums } from './row-fold.ts';
import { channelsOf } from './rows.ts';

/** A program over `[n, c, l]`, with buffers that have something for each channel. */
function channelwise(
  key: string,
  own: readonly string[],
  each: readonly string[],
  floats: readonly string[],
  value: (g: Language) => string,
): Pointwise {
  const axis = { step: 'pixels', count: 'channels' };
  return { key, own, beside: each.map((name) => ({ name, axis })), ints: ['pixels', 'channels'], floats, value };
}

function launch(machine: Machine, what: Pointwise, inputs: readonly Operand[], out: Operand, floats: readonly number[]): void {
  const [, channels, pixels] = out.shape;
  const way = wayAlong(pixels, channels);
  const program = pointwise(
    what,
    what.beside.map(() => way),
  );
  machine.launch(program, inputs, out, { ints: [pixels, channels], floats });
}

const scaled = channelwise('scaleShift', ['x'], ['a', 'b'], [], () => 'return ownx() * ofa() + ofb();');

export const scaleShift: FusedKernel<'scaleShift'> = (machine, inputs, _, [y]) => launch(machine, scaled, inputs, y, []);

const normalized = channelwise(
  'batchNorm',
  ['x'],
  ['weight', 'bias', 'mean', 'variance'],
  ['eps'],
  (g) => `${inverse(g)} return (ownx() - ofmean()) * inverse * ofweight() + ofbias();`,
);

export const batchNorm: FusedKernel<'batchNorm'> = (machine, [x, weight, bias], { eps }, [y, mean, variance]) => {
  moments(machine, channelsOf(x.shape), x, mean, variance);
  launch(machine, normalized, [x, weight, bias, mean, variance], y, [eps]);
};

/** $\sum \mathrm dy \, \hat x$ and $\sum \mathrm dy$ of each channel. */
const gradFold: Fold = sums(
  {
    key: 'batchNormGrad',
    buffers: ['x', 'dy', 'mean', 'variance'],
    floats: ['eps'],
  },
  {
    begin: (g) =>
      `${g.declare('float', 'mean', 'atmean(row)')} ${g.declare('float', 'inverse', `1.0 / sqrt(atvariance(row) + ${g.argument('eps')})`)}`,
    step: (g, { of, keep }) => `${g.declare('vec4', 'dy', of('dy'))}
      a += ${keep(`dy * (${of('x')} - vec4(mean, mean, mean, mean))`, '0.0')}; b += ${keep('dy', '0.0')};`,
    after: 'a = a * inverse;',
  },
);

const pulled = channelwise(
  'batchNormGrad',
  ['x', 'dy'],
  ['weight', 'mean', 'variance', 'dweight', 'dbias'],
  ['eps', 'share'],
  (g) => `${inverse(g)} ${g.declare('vec4', 'unit', '(ownx() - ofmean()) * inverse')}
    return ofweight() * inverse * (owndy() - (ofdbias() + unit * ofdweight()) * ${g.argument('share')});`,
);

export const batchNormGrad: FusedKernel<'batchNormGrad'> = (
  machine,
  [x, weight, mean, variance, dy],
  { eps },
  [dx, dweight, dbias],
) => {
  const [images, , pixels] = x.shape;
  const folded = foldRows(machine, gradFold, channelsOf(x.shape), [x, dy, mean, variance], { most: fan, floats: [eps] });
  takeSums(machine, gradFold, folded, [dweight, dbias]);
  launch(machine, pulled, [x, dy, weight, mean, variance, dweight, dbias], dx, [eps, 1 / (images * pixels)]);
};

/** The two sums of each row. */
export function takeSums(machine: Machine, fold: Fold, folded: Folded, outs: readonly Operand[]): void {
  for (const [i, lane] of ['x', 'y'].entries()) {
    const program = mergedProgram(fold, lane, () => `s.${lane}`);
    machine.launch(program, [folded.parts], outs[i], { ints: mergedInts(folded) });
  }
}

/** Declares $1 / \sqrt{\sigma^2 + \varepsilon}$ of the variances beside. */
export function inverse(g: Language, variance = 'ofvariance()'): string {
  const eps = g.argument('eps');
  return g.declare('vec4', 'inverse', `vec4(1.0, 1.0, 1.0, 1.0) / sqrt(${variance} + vec4(${eps}, ${eps}, ${eps}, ${eps}))`);
}
