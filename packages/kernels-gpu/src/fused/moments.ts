import { fill } from '../kernels/create.ts';
import type { Machine, Operand } from '../machine.ts';
import { type Fold, fan, foldRows, mergedInts, mergedProgram, share, shareSize } from './row-fold.ts';
import type { Rows } from './rows.ts';

/**
 * Mean and sum of squared deviations. A share takes the deviations from its own mean, and the mean is corrected by what they sum to;
 * shares are merged as Chan et al. 1979, eq. 2.1, do, so that nothing cancels where the mean is far from zero.
 */
const momentsFold: Fold = {
  key: 'moments',
  buffers: ['x'],
  begin: (g) =>
    `${g.declare('vec4', 'sum', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${g.declare('vec4', 'rest', 'sum')} ${g.declare('vec4', 'squares', 'sum')}
    ${g.declare('float', 'mean', '0.0')}`,
  passes: [
    (_, { of, keep }) => `sum += ${keep(of('x'), '0.0')};`,
    (g, { of, keep }) =>
      `${g.declare('vec4', 'd', keep(`${of('x')} - vec4(mean, mean, mean, mean)`, '0.0'))} rest += d; squares += d * d;`,
  ],
  after: [
    'mean = total(sum) / size;',
    'return vec4(mean + total(rest) / size, total(squares) - total(rest) * total(rest) / size, 0.0, 0.0);',
  ],
  merge: (g) => `${g.declare('vec4', 's', share(g, 'first'))}
    ${g.declare('float', 'middle', 's.x')} ${g.declare('float', 'sum', '0.0')} ${g.declare('float', 'count', '0.0')}
    ${g.loop('p', 'first', 'last', `sum += ${shareSize(g)} * (${share(g)}.x - middle); count += ${shareSize(g)};`)}
    s = vec4(middle + sum / count, 0.0, 0.0, 0.0);
    ${g.loop('p', 'first', 'last', `${g.declare('vec4', 'v', share(g))} s.y += v.y + ${shareSize(g)} * (v.x - s.x) * (v.x - s.x);`)} return s;`,
};

const meanProgram = mergedProgram(momentsFold, 'mean', () => 's.x');
const varianceProgram = mergedProgram(momentsFold, 'variance', (g) => `s.y / float(${g.argument('size')})`);

/** Fills `mean` and the biased `variance` of each row of `x`; NaN where there are no elements. */
export function moments(machine: Machine, rows: Rows, x: Operand, mean: Operand, variance: Operand): void {
  if (rows.segments * rows.extent === 0) {
    for (const out of [mean, variance]) fill(machine, [], { value: Number.NaN }, out);
    return;
  }
  const folded = foldRows(machine, momentsFold, rows, [x], { most: fan });
  machine.launch(meanProgram, [folded.parts], mean, { ints: mergedInts(folded) });
  machine.launch(varianceProgram, [folded.parts], variance, { ints: mergedInts(folded) });
}
