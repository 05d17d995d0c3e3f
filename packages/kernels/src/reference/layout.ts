import { stridesOf } from '../shape.ts';
import { convert } from './convert.ts';
import { alongAxis, type Kernel, offsetsOf } from './view.ts';

export const copyStrided: Kernel<'copyStrided'> = ([x], { offset, strides }, out) => {
  const sources = offsetsOf(out.shape, strides, offset);
  for (let i = 0; i < sources.length; i++) out.data[i] = x.data[sources[i]];
};

export const pad: Kernel<'pad'> = ([x], { before, step, value }, out) => {
  const strides = stridesOf(out.shape);
  const first = strides.reduce((sum, stride, axis) => sum + stride * before[axis], 0);
  const stepped = strides.map((stride, axis) => stride * step[axis]);
  const targets = offsetsOf(x.shape, stepped, first);
  out.data.fill(convert[out.dtype](value));
  for (let i = 0; i < targets.length; i++) out.data[targets[i]] = x.data[i];
};

export const concat: Kernel<'concat'> = (inputs, { axis }, out) => {
  const joined = alongAxis(out.data, out.shape, axis);
  let start = 0;
  for (const input of inputs) {
    const part = alongAxis(input.data, input.shape, axis);
    const [outer, extent, inner] = part.shape;
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < extent; i++) {
        for (let j = 0; j < inner; j++) joined.set(o, start + i, j, part.get(o, i, j));
      }
    }
    start += extent;
  }
};
