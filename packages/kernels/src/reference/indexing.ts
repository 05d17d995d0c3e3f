import { ArgumentError } from '../errors.ts';
import { beats } from './reduce.ts';
import { alongAxis, type Kernel } from './view.ts';

export const gather: Kernel<'gather'> = ([x, index], { axis }, out) => {
  const source = alongAxis(x.data, x.shape, axis);
  const places = alongAxis(index.data, index.shape, axis);
  const picked = alongAxis(out.data, out.shape, axis);
  const [outer, extent, inner] = places.shape;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < extent; i++) {
      for (let j = 0; j < inner; j++) {
        const place = checkIndex('gather', places.get(o, i, j), source.shape[1]);
        picked.set(o, i, j, source.get(o, place, j));
      }
    }
  }
};

export const scatterAdd: Kernel<'scatterAdd'> = ([index, src], { axis }, out) => {
  const places = alongAxis(index.data, index.shape, axis);
  const parts = alongAxis(src.data, src.shape, axis);
  const sums = alongAxis(new Float64Array(out.data.length), out.shape, axis);
  const [outer, extent, inner] = places.shape;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < extent; i++) {
      for (let j = 0; j < inner; j++) {
        const place = checkIndex('scatterAdd', places.get(o, i, j), sums.shape[1]);
        sums.data[sums.index(o, place, j)] += parts.get(o, i, j);
      }
    }
  }
  out.data.set(sums.data);
};

export const indexSelect: Kernel<'indexSelect'> = ([x, index], { axis }, out) => {
  const source = alongAxis(x.data, x.shape, axis);
  const picked = alongAxis(out.data, out.shape, axis);
  const [outer, extent, inner] = picked.shape;
  for (let i = 0; i < extent; i++) {
    const place = checkIndex('indexSelect', index.data[i], source.shape[1]);
    for (let o = 0; o < outer; o++) {
      for (let j = 0; j < inner; j++) picked.set(o, i, j, source.get(o, place, j));
    }
  }
};

export const indexAdd: Kernel<'indexAdd'> = ([index, src], { axis }, out) => {
  const parts = alongAxis(src.data, src.shape, axis);
  const sums = alongAxis(new Float64Array(out.data.length), out.shape, axis);
  const [outer, extent, inner] = parts.shape;
  for (let i = 0; i < extent; i++) {
    const place = checkIndex('indexAdd', index.data[i], sums.shape[1]);
    for (let o = 0; o < outer; o++) {
      for (let j = 0; j < inner; j++) sums.data[sums.index(o, place, j)] += parts.get(o, i, j);
    }
  }
  out.data.set(sums.data);
};

export const argsort: Kernel<'argsort'> = ([x], { axis, descending }, out) => {
  const values = alongAxis(x.data, x.shape, axis);
  const order = alongAxis(out.data, out.shape, axis);
  const [outer, extent, inner] = values.shape;
  const line = new Float64Array(extent);
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++) {
      for (let i = 0; i < extent; i++) line[i] = values.get(o, i, j);
      const sorted = Int32Array.from(line, (_, i) => i).sort((a, b) => {
        const ascending = beats(line[a], line[b]) ? 1 : beats(line[b], line[a]) ? -1 : 0;
        return (descending ? -ascending : ascending) || a - b;
      });
      for (let i = 0; i < extent; i++) order.set(o, i, j, sorted[i]);
    }
  }
};

/** `index`, refused where it is no place along an axis of `extent`. */
function checkIndex(kernel: string, index: number, extent: number): number {
  if (index >= 0 && index < extent) return index;
  throw new ArgumentError(kernel, `indices must be in [0, ${extent}), got ${index}`);
}
