import type { HostTensor, Shape } from '@dl/kernels';
import { numbers } from '../host.ts';
import { floats, linesOf, logSoftmax, logSoftmaxGrad, type Numbers, scattered, softmax, softmaxGrad } from './formulas.ts';
import type { FusedCase, FusedCases } from './fused-case.ts';

interface Along {
  readonly axis: number;
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const shapes: readonly Shape[] = [
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 37, 1030].map((n) => [3, n, 1]),
  ...[2, 3, 4, 5, 9, 515].map((inner) => [2, 6, inner]),
  [2, 37, 8],
  [2, 19, 3],
  // Long rows, of many shares.
  [1, 70_001, 1],
  [1, 2051, 3],
  [2, 0, 5],
  [0, 3, 1],
  [2, 1, 3],
  [40, 300, 1],
  [4, 9, 515],
];

/** Rows of infinities and NaN. */
const special: readonly Numbers[] = [
  [1000, 1000, 999, 0, -1000],
  [0, -inf, 1, -inf, 0],
  [-inf, -inf, -inf, -inf, -inf],
  [0, inf, 1, 2, 3],
  [0, 1, 2, 3, nan],
];

export const softmaxCases: FusedCases<'softmax'> = () => forward(softmax);
export const logSoftmaxCases: FusedCases<'logSoftmax'> = () => forward(logSoftmax);
export const softmaxGradCases: FusedCases<'softmaxGrad'> = () => backward(softmax, softmaxGrad);
export const logSoftmaxGradCases: FusedCases<'logSoftmaxGrad'> = () => backward(logSoftmax, logSoftmaxGrad);

function forward(formula: (xs: Numbers) => number[]): FusedCase<Along>[] {
  const usual = shapes.map((shape) => {
    const x = numbers(shape);
    return { name: `of [${shape}]`, inputs: [x], attrs: { axis: 1 }, outs: [floats(shape, alongLines(shape, [x], formula))] };
  });
  const rows = [
    ...special.map((row) => [row]),
    // The same beside ordinary rows, and where it is found late.
    ...special.map((row) => [[1, 2, 3, 4, 5], row, [5, 4, 3, 2, 1]]),
    ...special.map((row) => [[...new Array<number>(3000).fill(0.5), ...row]]),
    ...special.map((row) => [[...row, ...new Array<number>(3000).fill(0.5)]]),
  ];
  const unusual = rows.flatMap((lists) =>
    [0, 1].map((axis) => {
      const [n, extent] = [lists.length, lists[0].length];
      const shape = axis === 1 ? [n, extent] : [extent, n];
      const places = linesOf(axis === 1 ? [n, extent, 1] : [1, extent, n]);
      const of = (values: readonly Numbers[]) => floats(shape, scattered(n * extent, places, values));
      return {
        name: `of [${shape}] with ${lists.flat().filter((x) => !Number.isFinite(x))} along axis ${axis}`,
        inputs: [of(lists)],
        attrs: { axis },
        outs: [of(lists.map(formula))],
      };
    }),
  );
  return [...usual, ...unusual];
}

function backward(formula: (xs: Numbers) => number[], gradient: (y: Numbers, dy: Numbers) => number[]): FusedCase<Along>[] {
  return shapes.map((shape) => {
    const y = floats(shape, alongLines(shape, [numbers(shape)], formula));
    const dy = numbers(shape, 'float32', 2);
    const outs = [floats(shape, alongLines(shape, [y, dy], gradient))];
    // A sum of many terms of either sign.
    return { name: `of [${shape}]`, inputs: [y, dy], attrs: { axis: 1 }, outs, tolerance: 2e-5 };
  });
}

function alongLines(shape: Shape, inputs: readonly HostTensor[], formula: (...lists: number[][]) => number[]): number[] {
  const places = linesOf(shape);
  const values = places.map((line) => formula(...inputs.map(({ data }) => line.map((i) => data[i]))));
  return scattered(inputs[0].data.length, places, values);
}
