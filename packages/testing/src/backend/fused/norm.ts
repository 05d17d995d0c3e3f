import { type HostTensor, type Shape, sizeOf } from '@dl/kernels';
import { numbers } from '../host.ts';
import { floats, linesOf, type Numbers, normalized, normalizedGrad, scattered } from './formulas.ts';
import type { FusedCase, FusedCases } from './fused-case.ts';

interface Eps {
  readonly eps: number;
}

const eps = 1e-3;

/** Where a channel has few values, $1 / \sigma$ is large. */
const tolerance = 2e-4;

const images: readonly Shape[] = [
  ...[1, 2, 3, 4, 5, 16, 17, 260, 1030].map((pixels) => [3, 2, pixels]),
  ...[1, 3, 4, 7, 8].map((channels) => [5, channels, 1]),
  [1, 3, 9],
  // Channels of many shares, as runs and as columns.
  [37, 3, 257],
  [2, 1, 70_001],
  [2051, 5, 1],
  [0, 3, 5],
  [3, 0, 5],
  [0, 4, 1],
];

const matrices: readonly Shape[] = [
  [3, 1],
  [4, 2],
  [2, 3],
  [5, 4],
  [70, 5],
  [130, 8],
  [2, 37],
  [3, 1030],
  [2, 5001],
  [1, 70_000],
  [2501, 8],
  [0, 4],
  [3, 0],
];

/** Places of the elements of each channel of `[n, c, l]`. */
function channelsOf([n, c, l]: Shape): number[][] {
  return Array.from({ length: c }, (_, channel) =>
    Array.from({ length: n * l }, (_, i) => (Math.floor(i / l) * c + channel) * l + (i % l)),
  );
}

function valuesAt({ data }: HostTensor, places: readonly Numbers[]): number[][] {
  return places.map((list) => list.map((i) => data[i]));
}

/** The row or channel of each element of the lists. */
function owners(size: number, places: readonly Numbers[]): number[] {
  return scattered(
    size,
    places,
    places.map((list, i) => list.map(() => i)),
  );
}

export const scaleShiftCases: FusedCases<'scaleShift'> = () =>
  images.map((shape) => {
    const [x, a, b] = [numbers(shape), numbers([shape[1]], 'float32', 2), numbers([shape[1]], 'float32', 3)];
    const channel = owners(sizeOf(shape), channelsOf(shape));
    const y = Array.from(x.data, (value, i) => value * a.data[channel[i]] + b.data[channel[i]]);
    return { name: `of [${shape}]`, inputs: [x, a, b], attrs: {}, outs: [floats(shape, y)] };
  });

export const batchNormCases: FusedCases<'batchNorm'> = () => [
  ...images.map((shape) => forward(shape, channelsOf(shape), true)),
  far([4, 1, 16]),
];

export const layerNormCases: FusedCases<'layerNorm'> = () => [
  ...matrices.map((shape) => forward(shape, linesOf([...shape, 1]), false)),
  far([1, 64]),
];

export const batchNormGradCases: FusedCases<'batchNormGrad'> = () =>
  images.filter((shape) => sizeOf(shape) > 0).map((shape) => backward(shape, channelsOf(shape), true));

export const layerNormGradCases: FusedCases<'layerNormGrad'> = () =>
  matrices.map((shape) => backward(shape, linesOf([...shape, 1]), false));

/** `byGroup` says that weight and bias have an element for each set that is normalised, not for each column. */
function forward(shape: Shape, places: number[][], byGroup: boolean): FusedCase<Eps> {
  const width = byGroup ? places.length : shape[1];
  const [x, weight, bias] = [numbers(shape), numbers([width], 'float32', 3), numbers([width], 'float32', 4)];
  const own = valuesAt(x, places).map((list) => normalized(list, eps));
  const unit = scattered(
    sizeOf(shape),
    places,
    own.map((one) => one.unit),
  );
  const of = parameterOf(shape, places, byGroup);
  const y = unit.map((value, i) => value * weight.data[of[i]] + bias.data[of[i]]);
  const moments = [own.map(({ mean }) => mean), own.map(({ variance }) => variance)];
  const outs = [floats(shape, y), ...moments.map((list) => floats([list.length], list))];
  return { name: `of [${shape}]`, inputs: [x, weight, bias], attrs: { eps }, outs };
}

function backward(shape: Shape, places: number[][], byGroup: boolean): FusedCase<Eps> {
  const size = sizeOf(shape);
  const width = byGroup ? places.length : shape[1];
  const [x, dy, weight] = [numbers(shape), numbers(shape, 'float32', 2), numbers([width], 'float32', 3)];
  const of = parameterOf(shape, places, byGroup);
  const lists = valuesAt(x, places);
  const own = lists.map((list) => normalized(list, eps));
  const unit = scattered(
    size,
    places,
    own.map((one) => one.unit),
  );
  const slopes = places.map((list, k) =>
    normalizedGrad(
      lists[k],
      list.map((i) => dy.data[i] * weight.data[of[i]]),
      eps,
    ),
  );
  const [dweight, dbias] = [new Array<number>(width).fill(0), new Array<number>(width).fill(0)];
  for (let i = 0; i < size; i++) {
    dweight[of[i]] += dy.data[i] * unit[i];
    dbias[of[i]] += dy.data[i];
  }
  const moments = [own.map(({ mean }) => mean), own.map(({ variance }) => variance)].map((list) => floats([list.length], list));
  const outs = [floats(shape, scattered(size, places, slopes)), floats([width], dweight), floats([width], dbias)];
  return { name: `of [${shape}]`, inputs: [x, weight, ...moments, dy], attrs: { eps }, outs, tolerance };
}

/** The element of weight and bias that goes with each. */
function parameterOf(shape: Shape, places: number[][], byGroup: boolean): number[] {
  return byGroup ? owners(sizeOf(shape), places) : Array.from({ length: sizeOf(shape) }, (_, i) => i % shape[1]);
}

/** Numbers far from zero, whose variance a difference of two sums would lose. */
function far(shape: Shape): FusedCase<Eps> {
  const x = Array.from({ length: 64 }, (_, i) => 10000 + (i % 2));
  const width = shape.length === 3 ? 1 : 64;
  const [ones, zeros] = [new Array<number>(width).fill(1), new Array<number>(width).fill(0)];
  return {
    name: 'of numbers far from zero',
    inputs: [floats(shape, x), floats([width], ones), floats([width], zeros)],
    attrs: { eps: 0 },
    outs: [
      floats(
        shape,
        x.map((value) => (value - 10000.5) * 2),
      ),
      floats([1], [10000.5]),
      floats([1], [0.25]),
    ],
  };
}
