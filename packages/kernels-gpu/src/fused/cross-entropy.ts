import type { Program } from '../kernel-source.ts';
import { native } from '../kernels/native-program.ts';
import { element, lanes, ownTexel } from '../kernels/natives.ts';
import type { FusedKernel } from '../machine.ts';
import { overLines, type RowTexels, rowTexels, statsNatives } from './over-lines.ts';
import { foldRows, rowInts, rowNames, sums } from './row-fold.ts';
import { linesOf } from './rows.ts';
import { softmaxFloats, softmaxOf } from './softmax.ts';
import { rowOfSoftmax, softmaxFold } from './softmax-fold.ts';

/** The number of targets that are not `ignored`. */
const countFold = sums(
  { key: 'count', buffers: ['chosen'], floats: ['ignored'] },
  {
    step: (g, { of, keep }) => {
      const one = (lane: string) => g.choose(`v.${lane} == ${g.argument('ignored')}`, '0.0', '1.0');
      return `${g.declare('vec4', 'v', of('chosen'))} a += ${keep(`vec4(${one('x')}, ${one('y')}, ${one('z')}, ${one('w')})`, '0.0')};`;
    },
  },
);

export const softmaxCrossEntropy: FusedKernel<'softmaxCrossEntropy'> = (
  machine,
  [x, chosen],
  { ignoreIndex },
  [losses, count, softmax],
) => {
  const [n, classes] = x.shape;
  const rows = linesOf([n, classes, 1]);
  const texels = rowTexels(machine, softmaxFold, rows, [x], softmaxFloats.slice(0, 1));
  const more = texels.isShort ? [x] : [x, ...texels.inputs];
  machine.launch(lossProgram(texels), [chosen, ...more], losses, {
    ints: rowInts(rows),
    floats: [...softmaxFloats, ignoreIndex],
  });
  foldRows(machine, countFold, linesOf([1, n, 1]), [chosen], { floats: [ignoreIndex], into: count });
  overLines(machine, softmaxOf, rows, [x], softmax, softmaxFloats, texels);
};

/** The loss of each row: NaN where the target is no class, as a shader cannot throw. */
function lossProgram(texels: RowTexels): Program {
  const buffers = ['chosen', 'x', ...(texels.isShort ? [] : ['parts'])];
  return native(
    `crossEntropy ${texels.isShort}`,
    buffers,
    rowNames,
    (g) => [
      ...statsNatives(g, softmaxFold, rowOfSoftmax.prepare(g), texels),
      ...(texels.isShort ? [] : [element(g, 'x')]),
      element(g, 'chosen'),
      {
        name: 'one',
        returns: 'float',
        parameters: [['row', 'int']],
        body: `${g.declare('float', 'chosen', 'atchosen(row)')} ${g.declare('int', 'place', 'int(chosen)')}
          if (row >= ${g.argument('count')} || chosen == ${g.argument('ignored')}) { return 0.0; }
          if (place < 0 || place >= ${g.argument('extent')}) { return ${g.argument('nan')}; }
          ${g.declare('vec4', 's', 'stats(row)')} return s.z - (atx(row * ${g.argument('extent')} + place) - s.x);`,
      },
      lanes(g, 'texel', 'one'),
    ],
    [...(softmaxFold.floats ?? []), ...rowOfSoftmax.floats, 'ignored'],
  );
}

export const softmaxCrossEntropyGrad: FusedKernel<'softmaxCrossEntropyGrad'> = (machine, inputs, { ignoreIndex }, [dx]) => {
  machine.launch(gradProgram, inputs, dx, { ints: [dx.shape[1]], floats: [ignoreIndex] });
};

const gradProgram: Program = native(
  'crossEntropyGrad',
  ['softmax', 'chosen', 'dy'],
  ['extent'],
  (g) => [
    ownTexel(g, 'own', 'softmax'),
    element(g, 'chosen'),
    element(g, 'dy'),
    {
      name: 'texel',
      returns: 'vec4',
      parameters: [],
      body: `${g.declare('vec4', 'r', 'own()')} ${g.declare('int', 'row', `${g.thread} * 4 / ${g.argument('extent')}`)}
        ${g.declare('int', 'place', `${g.thread} * 4 - row * ${g.argument('extent')}`)}
        ${g.loop(
          'l',
          0,
          4,
          `if (place == ${g.argument('extent')}) { row++; place = 0; }
          ${g.declare('float', 'chosen', 'atchosen(row)')} ${g.declare('float', 'share', g.choose('int(chosen) == place', 'r[l] - 1.0', 'r[l]'))}
          if (chosen == ${g.argument('ignored')}) { r[l] = 0.0; } else { r[l] = share * atdy(row); } place++;`,
        )} return r;`,
    },
  ],
  ['ignored'],
);
