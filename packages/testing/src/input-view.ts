import { type Shape, sizeOf, stridesOf } from '@dl/kernels';
import { expandTo, flip, permute, reshape, slice, type Tensor } from '@dl/tensor';
import type { SampleInput } from './record.ts';

/** A way to make an input out of another tensor: element `i` of the input is element `positions[i]` of the base. */
export interface InputView {
  readonly base: Shape;
  readonly positions: readonly number[];
  readonly view: (base: Tensor) => Tensor;
}

/** The ways to make an input of a given shape; undefined where the shape has no such way. */
export const inputViews: Readonly<Record<string, (shape: Shape) => InputView | undefined>> = {
  reshaped(shape) {
    return { base: [sizeOf(shape)], positions: strided(shape, 0, stridesOf(shape)), view: (base) => reshape(base, shape) };
  },
  transposed(shape) {
    if (shape.length < 2) return undefined;
    const base = [...shape].reverse();
    const axes = shape.map((_, axis) => shape.length - 1 - axis);
    return { base, positions: strided(shape, 0, stridesOf(base).reverse()), view: (x) => permute(x, axes) };
  },
  sliced(shape) {
    if (shape.length === 0) return undefined;
    const base = shape.map((extent) => 2 * extent + 1);
    const strides = stridesOf(base);
    const offset = strides.reduce((sum, stride) => sum + stride, 0);
    const positions = strided(
      shape,
      offset,
      strides.map((stride) => 2 * stride),
    );
    return {
      base,
      positions,
      view: (x) =>
        slice(
          x,
          base.map((extent) => [1, extent, 2]),
        ),
    };
  },
  flipped(shape) {
    if (sizeOf(shape) < 2) return undefined;
    const positions = strided(
      shape,
      sizeOf(shape) - 1,
      stridesOf(shape).map((stride) => -stride),
    );
    return { base: shape, positions, view: (base) => flip(base) };
  },
  expanded(shape) {
    if (shape.length === 0 || shape[0] < 2) return undefined;
    const base = [1, ...shape.slice(1)];
    const strides = stridesOf(base).map((stride, axis) => (axis === 0 ? 0 : stride));
    return { base, positions: strided(shape, 0, strides), view: (x) => expandTo(x, shape) };
  },
};

/** The base of `input`; what the view does not show is NaN, or the largest value that an integer input has room for. */
export function baseOf(input: SampleInput, { base, positions }: InputView): SampleInput {
  const values = new Array<number>(sizeOf(base)).fill(hidden[input.dtype]);
  positions.forEach((position, i) => {
    values[position] = input.values[i];
  });
  return { ...input, shape: base, values };
}

/** `input` as an op sees it through the view: the same values, unless the view shows one element twice. */
export function seenThrough(input: SampleInput, view: InputView): SampleInput {
  const { values } = baseOf(input, view);
  return { ...input, values: view.positions.map((position) => values[position]) };
}

const hidden: { readonly [D in SampleInput['dtype']]: number } = { float: Number.NaN, int32: 2 ** 31 - 1, uint8: 255, bool: 1 };

function strided(shape: Shape, offset: number, strides: readonly number[]): number[] {
  return shape.reduce(
    (starts, extent, axis) => starts.flatMap((start) => Array.from({ length: extent }, (_, i) => start + i * strides[axis])),
    [offset],
  );
}
