import type { HostTensor } from '@dl/kernels';
import { host, indices, numbers } from '../host.ts';
import { floats, logSoftmax, softmax } from './formulas.ts';
import type { FusedCases } from './fused-case.ts';

interface Batch {
  readonly name: string;
  readonly x: HostTensor;
  readonly target: HostTensor;
  readonly ignoreIndex: number;
}

const sizes = [
  ...[1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 37, 1030].map((classes) => [6, classes]),
  [600, 30],
  [3001, 10],
  [3, 5000],
  [0, 5],
];

/** Some rows do not count; the logits of one of them are of no use. */
function batches(): Batch[] {
  return sizes.flatMap(([n, classes]) =>
    [-100, 0].map((ignoreIndex) => {
      const x = numbers([n, classes]);
      const chosen = indices([n], classes).data.map((value, i) => (i % 5 === 2 ? ignoreIndex : value));
      if (ignoreIndex !== 0 && n > 2) x.data[2 * classes] = Number.NaN;
      return {
        name: `of [${n}, ${classes}] without ${ignoreIndex}`,
        x,
        target: host([n], 'int32', Array.from(chosen)),
        ignoreIndex,
      };
    }),
  );
}

function rowsOf({ x }: Batch): number[][] {
  const [n, classes] = x.shape;
  return Array.from({ length: n }, (_, row) => Array.from(x.data.subarray(row * classes, (row + 1) * classes)));
}

export const softmaxCrossEntropyCases: FusedCases<'softmaxCrossEntropy'> = () =>
  batches().map((batch) => {
    const { name, x, target, ignoreIndex } = batch;
    const rows = rowsOf(batch);
    const chosen = Array.from(target.data);
    const losses = rows.map((row, i) => (chosen[i] === ignoreIndex ? 0 : -logSoftmax(row)[chosen[i]]));
    const count = chosen.filter((value) => value !== ignoreIndex).length;
    const outs = [floats([rows.length], losses), floats([], [count]), floats(x.shape, rows.flatMap(softmax))];
    return { name, inputs: [x, target], attrs: { ignoreIndex }, outs };
  });

export const softmaxCrossEntropyGradCases: FusedCases<'softmaxCrossEntropyGrad'> = () =>
  batches().map((batch) => {
    const { name, x, target, ignoreIndex } = batch;
    const rows = rowsOf(batch).map(softmax);
    const dlosses = numbers([rows.length], 'float32', 3);
    const dx = rows.flatMap((row, i) =>
      row.map((p, c) => (target.data[i] === ignoreIndex ? 0 : (p - Number(c === target.data[i])) * dlosses.data[i])),
    );
    const inputs = [floats(x.shape, rows.flat()), target, dlosses];
    return { name, inputs, attrs: { ignoreIndex }, outs: [floats(x.shape, dx)] };
  });
