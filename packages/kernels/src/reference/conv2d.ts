import type { Conv2dAttrs } from '../attrs.ts';
import type { TypedArray } from '../dtype.ts';
import { type Shape, stridesOf } from '../shape.ts';
import { store } from './convert.ts';
import type { Kernel } from './view.ts';

export const conv2d: Kernel<'conv2d'> = ([x, weight], attrs, out) => {
  const terms = convolution(x.shape, weight.shape, out.shape, attrs);
  store(accumulate(terms.y, out.data.length, terms.x, x.data, terms.weight, weight.data), out);
};

export const conv2dInputGrad: Kernel<'conv2dInputGrad'> = ([dy, weight], attrs, out) => {
  const terms = convolution(out.shape, weight.shape, dy.shape, attrs);
  store(accumulate(terms.x, out.data.length, terms.y, dy.data, terms.weight, weight.data), out);
};

export const conv2dWeightGrad: Kernel<'conv2dWeightGrad'> = ([x, dy], attrs, out) => {
  const terms = convolution(x.shape, out.shape, dy.shape, attrs);
  store(accumulate(terms.weight, out.data.length, terms.x, x.data, terms.y, dy.data), out);
};

/** Where the products of a convolution touch one of its tensors: product (p, r, q) at `planes[p] + rows[r] + columns[q]`. */
class Places {
  readonly planes: number[] = [];
  readonly rows: number[] = [];
  readonly columns: number[] = [];
}

interface Convolution {
  readonly x: Places;
  readonly weight: Places;
  readonly y: Places;
}

/** Every product `x * weight` that goes into a `y`. The gradients sum the same products into x or weight. */
function convolution(x: Shape, weight: Shape, y: Shape, attrs: Conv2dAttrs): Convolution {
  const places = { x: new Places(), weight: new Places(), y: new Places() };
  const strides = { x: stridesOf(x), weight: stridesOf(weight), y: stridesOf(y) };
  const groupInputs = weight[1];
  const groupOutputs = y[1] / attrs.groups;
  for (let n = 0; n < y[0]; n++) {
    for (let o = 0; o < y[1]; o++) {
      for (let c = 0; c < groupInputs; c++) {
        const channel = Math.floor(o / groupOutputs) * groupInputs + c;
        places.x.planes.push(n * strides.x[0] + channel * strides.x[1]);
        places.weight.planes.push(o * strides.weight[0] + c * strides.weight[1]);
        places.y.planes.push(n * strides.y[0] + o * strides.y[1]);
      }
    }
  }
  for (const [list, axis] of [
    ['rows', 2],
    ['columns', 3],
  ] as const) {
    for (let o = 0; o < y[axis]; o++) {
      for (let k = 0; k < weight[axis]; k++) {
        const i = o * attrs.stride[axis - 2] - attrs.padding[axis - 2] + k * attrs.dilation[axis - 2];
        if (i < 0 || i >= x[axis]) continue;
        places.x[list].push(i * strides.x[axis]);
        places.weight[list].push(k * strides.weight[axis]);
        places.y[list].push(o * strides.y[axis]);
      }
    }
  }
  return places;
}

/** Sums the products of `a` and `b` into `length` elements. */
function accumulate(target: Places, length: number, a: Places, aData: TypedArray, b: Places, bData: TypedArray): Float64Array {
  const sums = new Float64Array(length);
  for (let p = 0; p < target.planes.length; p++) {
    for (let r = 0; r < target.rows.length; r++) {
      const at = target.planes[p] + target.rows[r];
      const aAt = a.planes[p] + a.rows[r];
      const bAt = b.planes[p] + b.rows[r];
      for (let q = 0; q < target.columns.length; q++) {
        sums[at + target.columns[q]] += aData[aAt + a.columns[q]] * bData[bAt + b.columns[q]];
      }
    }
  }
  return sums;
}
