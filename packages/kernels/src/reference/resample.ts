import type { AvgPool2dAttrs, Resize2dAttrs } from '../attrs.ts';
import { store } from './convert.ts';
import { type Kernel, rowMajor, type View } from './view.ts';

/**
 * A sparse matrix along one image axis, as a list of its entries: element `to` takes `weight` of element `from`.
 * Average pooling and resizing are one such matrix along rows and one along columns, and their gradients are the transposes.
 */
interface Taps {
  readonly to: number[];
  readonly from: number[];
  readonly weight: number[];
}

export const avgPool2d: Kernel<'avgPool2d'> = ([x], attrs, out) => {
  resample(x, out, averages(x.shape[2], out.shape[2], attrs, 0), averages(x.shape[3], out.shape[3], attrs, 1));
};

export const avgPool2dGrad: Kernel<'avgPool2dGrad'> = ([dy], attrs, out) => {
  const rows = averages(out.shape[2], dy.shape[2], attrs, 0);
  const columns = averages(out.shape[3], dy.shape[3], attrs, 1);
  resample(dy, out, transposed(rows), transposed(columns));
};

export const resize2d: Kernel<'resize2d'> = ([x], attrs, out) => {
  resample(x, out, samples(x.shape[2], out.shape[2], attrs), samples(x.shape[3], out.shape[3], attrs));
};

export const resize2dGrad: Kernel<'resize2dGrad'> = ([dy], attrs, out) => {
  const rows = samples(out.shape[2], dy.shape[2], attrs);
  const columns = samples(out.shape[3], dy.shape[3], attrs);
  resample(dy, out, transposed(rows), transposed(columns));
};

function resample(x: View, out: View, rows: Taps, columns: Taps): void {
  const planes = x.shape[0] * x.shape[1];
  const source = rowMajor(x.data, [planes, x.shape[2], x.shape[3]]);
  const sums = rowMajor(new Float64Array(out.data.length), [planes, out.shape[2], out.shape[3]]);
  for (let p = 0; p < planes; p++) {
    for (let r = 0; r < rows.to.length; r++) {
      for (let q = 0; q < columns.to.length; q++) {
        const share = rows.weight[r] * columns.weight[q] * source.get(p, rows.from[r], columns.from[q]);
        sums.data[sums.index(p, rows.to[r], columns.to[q])] += share;
      }
    }
  }
  store(sums.data, out);
}

function transposed(taps: Taps): Taps {
  return { to: taps.from, from: taps.to, weight: taps.weight };
}

function averages(extent: number, outExtent: number, attrs: AvgPool2dAttrs, axis: 0 | 1): Taps {
  const taps: Taps = { to: [], from: [], weight: [] };
  const padding = attrs.padding[axis];
  for (let o = 0; o < outExtent; o++) {
    const window = Array.from(
      { length: attrs.kernelSize[axis] },
      (_, k) => o * attrs.stride[axis] - padding + k * attrs.dilation[axis],
    );
    const inside = window.filter((i) => i >= 0 && i < extent);
    // PyTorch: what a ceil-mode window has beyond the padding never counts.
    const counted = attrs.countIncludePad ? window.filter((i) => i < extent + padding) : inside;
    for (const i of inside) {
      taps.to.push(o);
      taps.from.push(i);
      taps.weight.push(1 / counted.length);
    }
  }
  return taps;
}

function samples(extent: number, outExtent: number, attrs: Resize2dAttrs): Taps {
  const taps: Taps = { to: [], from: [], weight: [] };
  for (let o = 0; o < outExtent; o++) {
    const at =
      attrs.mode === 'nearest' ? Math.floor((o * extent) / outExtent) : position(o, extent, outExtent, attrs.alignCorners);
    const low = Math.floor(at);
    const rest = at - low;
    taps.to.push(o, o);
    taps.from.push(low, Math.min(low + 1, extent - 1));
    taps.weight.push(1 - rest, rest);
  }
  return taps;
}

/** Where output pixel `o` lies in the input, from the centre of its first pixel. */
function position(o: number, extent: number, outExtent: number, alignCorners: boolean): number {
  if (alignCorners) return outExtent === 1 ? 0 : (o * (extent - 1)) / (outExtent - 1);
  return Math.max(0, ((o + 0.5) * extent) / outExtent - 0.5);
}
