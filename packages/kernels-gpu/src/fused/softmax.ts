import { aroundAxis } from '../kernels/around-axis.ts';
import type { FusedKernel } from '../machine.ts';
import { type OverLines, overLines } from './over-lines.ts';
import { sums } from './row-fold.ts';
import { linesOf } from './rows.ts';
import { least, rowOfSoftmax } from './softmax-fold.ts';

type Along = FusedKernel<'softmax' | 'logSoftmax' | 'softmaxGrad' | 'logSoftmaxGrad'>;

const power = (x: string) => `exp(max(${x}, ${least}))`;

/** Arguments of {@link softmaxOf} and of the logarithm. */
export const softmaxFloats: readonly number[] = [Number.NEGATIVE_INFINITY, Number.NaN];

export const softmaxOf: OverLines = { key: 'softmax', buffers: ['x'], ...rowOfSoftmax, value: `${power('vx - s.x')} / s.y` };

export const softmax: Along = along(softmaxOf, softmaxFloats);

export const logSoftmax: Along = along(
  { key: 'logSoftmax', buffers: ['x'], ...rowOfSoftmax, value: 'vx - s.x - s.z' },
  softmaxFloats,
);

export const softmaxGrad: Along = along({
  key: 'softmaxGrad',
  fold: sums(
    { key: 'softmaxGrad', buffers: ['y', 'dy'] },
    { step: (_, { of, keep }) => `a += ${keep(`${of('y')} * ${of('dy')}`, '0.0')};` },
  ),
  buffers: ['y', 'dy'],
  value: 'vy * (vdy - s.x)',
});

export const logSoftmaxGrad: Along = along({
  key: 'logSoftmaxGrad',
  fold: sums({ key: 'sum', buffers: ['dy'] }, { step: (_, { of, keep }) => `a += ${keep(of('dy'), '0.0')};` }),
  buffers: ['y', 'dy'],
  value: `vdy - ${power('vy')} * s.x`,
});

function along(what: OverLines, floats: readonly number[] = []): Along {
  return (machine, inputs, { axis }, [out]) => {
    overLines(machine, what, linesOf(aroundAxis(out.shape, axis)), inputs, out, floats);
  };
}
