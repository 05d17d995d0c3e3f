import type { FusedKernel, Machine, Operand } from '../machine.ts';
import { type Pointwise, pointwise, wayAlong } from './around.ts';
import { inverse, takeSums } from './batch-norm.ts';
import { moments } from './moments.ts';
import { fan, foldRows, sums } from './row-fold.ts';
import { linesOf } from './rows.ts';

/** Rows and columns of `[n, d]`. */
const row = { step: 'd', count: 'n' };
const column = { step: 'one', count: 'd' };

function launch(machine: Machine, what: Pointwise, inputs: readonly Operand[], out: Operand, floats: readonly number[]): void {
  const [n, d] = out.shape;
  const program = pointwise(
    what,
    what.beside.map(({ axis }) => (axis === row ? wayAlong(d, n) : wayAlong(1, d))),
  );
  machine.launch(program, inputs, out, { ints: [n, d, 1], floats });
}

const normalized: Pointwise = {
  key: 'layerNorm',
  own: ['x'],
  beside: [
    { name: 'weight', axis: column },
    { name: 'bias', axis: column },
    { name: 'mean', axis: row },
    { name: 'variance', axis: row },
  ],
  ints: ['n', 'd', 'one'],
  floats: ['eps'],
  value: (g) => `${inverse(g)} return (ownx() - ofmean()) * inverse * ofweight() + ofbias();`,
};

export const layerNorm: FusedKernel<'layerNorm'> = (machine, [x, weight, bias], { eps }, [y, mean, variance]) => {
  moments(machine, linesOf([...x.shape, 1]), x, mean, variance);
  launch(machine, normalized, [x, weight, bias, mean, variance], y, [eps]);
};

/** $\sum g$ and $\sum g (x - \mu)$ of each row, with $g = w\,\mathrm dy$. */
const rowFold = sums(
  { key: 'layerNormGrad rows', buffers: ['x', 'dy', 'weight', 'mean'] },
  {
    begin: (g) => g.declare('float', 'mean', 'atmean(row)'),
    step: (g, { of, keep, at }) => {
      const weights = [0, 1, 2, 3].map((l) => `atweight(max(${at} + ${l}, 0))`).join(', ');
      return `${g.declare('vec4', 'g', `${of('dy')} * vec4(${weights})`)}
        a += ${keep('g', '0.0')}; b += ${keep(`g * (${of('x')} - vec4(mean, mean, mean, mean))`, '0.0')};`;
    },
  },
);

/** $\sum \mathrm dy \, \hat x$ and $\sum \mathrm dy$ of each column. */
const columnFold = sums(
  { key: 'layerNormGrad columns', buffers: ['x', 'dy', 'mean', 'variance'], floats: ['eps'] },
  {
    step: (g, { of, keep, at }) => `${g.declare('vec4', 'dy', of('dy'))} ${inverse(g, g.texel('variance', `${at} >> 2`))}
      a += ${keep(`dy * (${of('x')} - ${g.texel('mean', `${at} >> 2`)}) * inverse`, '0.0')}; b += ${keep('dy', '0.0')};`,
  },
);

const pulled: Pointwise = {
  key: 'layerNormGrad',
  own: ['x', 'dy'],
  beside: [
    { name: 'weight', axis: column },
    { name: 'mean', axis: row },
    { name: 'variance', axis: row },
    { name: 'shift', buffer: 'sums', axis: row, at: (place) => `(${place}) * 4` },
    { name: 'slope', buffer: 'sums', axis: row, at: (place) => `(${place}) * 4 + 1` },
  ],
  ints: ['n', 'd', 'one'],
  floats: ['eps', 'share'],
  value: (g) => `${inverse(g)} return inverse * (owndy() * ofweight()
    - (ofshift() + (ownx() - ofmean()) * inverse * inverse * ofslope()) * ${g.argument('share')});`,
};

export const layerNormGrad: FusedKernel<'layerNormGrad'> = (
  machine,
  [x, weight, mean, variance, dy],
  { eps },
  [dx, dweight, dbias],
) => {
  const [n, d] = x.shape;
  const { parts } = foldRows(machine, rowFold, linesOf([n, d, 1]), [x, dy, weight, mean]);
  launch(machine, pulled, [x, dy, weight, mean, variance, parts], dx, [eps, 1 / d]);
  const columns = foldRows(machine, columnFold, linesOf([1, n, d]), [x, dy, mean, variance], { most: fan, floats: [eps] });
  takeSums(machine, columnFold, columns, [dweight, dbias]);
};
