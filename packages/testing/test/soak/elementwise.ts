import {
  abs,
  add,
  clamp,
  div,
  erf,
  exp,
  gelu,
  logSumExp,
  max,
  maximum,
  mean,
  minimum,
  mul,
  pow,
  relu,
  reshape,
  sigmoid,
  silu,
  sin,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  transpose,
  variance,
  where,
} from '@dl/tensor';
import { anyShape, booleans, type Draw, floats, type Maker, pick } from './program.ts';

const unary: readonly ((x: Tensor) => Tensor)[] = [relu, sigmoid, tanh, exp, square, silu, gelu, softplus, abs, sin, erf];
const binary: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [add, sub, mul, div, maximum, minimum, pow];
const besideNumber: readonly ((x: Tensor) => Tensor)[] = [
  (x) => add(x, 2),
  (x) => sub(1, x),
  (x) => div(x, 3),
  (x) => div(3, x),
  (x) => pow(x, 3),
  (x) => maximum(x, 1),
  (x) => clamp(x, { min: 0.7, max: 1.3 }),
];
const smooth: readonly ((x: Tensor) => Tensor)[] = [sigmoid, tanh, sin, (x) => add(x, x), (x) => mul(x, sigmoid(x))];

/** Extents of which some are 1, to be broadcast. */
function stretched(draw: Draw, shape: readonly number[]): number[] {
  return shape.map((extent) => (draw(0, 2) === 0 ? 1 : extent)).slice(draw(0, 1) === 0 ? 0 : draw(0, shape.length));
}

/** Programs of element by element, and over axes. */
export const elementwise: readonly Maker[] = [
  (draw) => {
    const op = pick(draw, unary);
    return { name: op.name, inputs: [floats(anyShape(draw))], run: op };
  },
  (draw) => {
    const shape = anyShape(draw);
    const op = pick(draw, binary);
    const inputs = [floats(stretched(draw, shape), 0.5, 2), floats(shape, 0.5, 2)];
    return { name: op.name, inputs: draw(0, 1) === 0 ? inputs : inputs.toReversed(), run: op };
  },
  (draw) => {
    const op = pick(draw, besideNumber);
    return { name: `${op}`, inputs: [floats(anyShape(draw), 0.5, 2)], run: op };
  },
  (draw) => {
    const shape = anyShape(draw, 1);
    const axes = shape.map((_, axis) => axis).filter(() => draw(0, 1) === 1);
    const op = pick(draw, [sum, mean, max, logSumExp, variance]);
    const keepDims = draw(0, 1) === 1;
    return { name: op.name, inputs: [floats(shape)], run: (x) => op(x, axes, { keepDims }) };
  },
  (draw) => {
    const shape = anyShape(draw);
    const inputs = [booleans(stretched(draw, shape)), floats(shape), floats(stretched(draw, shape))];
    return { name: 'where', inputs, run: where };
  },
  (draw) => {
    const shape = anyShape(draw, 2, 2);
    const ops = Array.from({ length: draw(2, 8) }, () => pick(draw, smooth));
    const run = (x: Tensor, y: Tensor): Tensor => {
      let z = x;
      for (const op of ops) z = add(op(z), mul(y, 0.5));
      return reshape(transpose(mul(z, sum(x, 0))), [-1]);
    };
    return { name: 'chain', inputs: [floats(shape), floats(shape)], run };
  },
];
