import { add, layerNorm, linear, logSoftmax, lstmCell, matmul, mul, softmax, softmaxCrossEntropy, type Tensor } from '@dl/tensor';
import { anyShape, floats, indices, type Maker, pick } from './program.ts';

/** Programs of matrices and rows. */
export const products: readonly Maker[] = [
  (draw) => {
    const [m, k, n] = [draw(1, 60), draw(1, 60), draw(1, 60)];
    const [transposeA, transposeB] = [draw(0, 1) === 1, draw(0, 1) === 1];
    const batch = draw(0, 2) === 0 ? [draw(1, 4)] : [];
    const a = floats([...batch, ...(transposeA ? [k, m] : [m, k])]);
    const b = floats(transposeB ? [n, k] : [k, n]);
    return { name: 'matmul', inputs: [a, b], run: (x, y) => matmul(x, y, { transposeA, transposeB }) };
  },
  (draw) => {
    const [n, from, to] = [draw(1, 90), draw(1, 70), draw(1, 70)];
    return {
      name: 'linear',
      inputs: [floats([n, from]), floats([to, from]), floats([to])],
      run: (x, weight, bias) => linear(x, weight, bias),
    };
  },
  (draw) => {
    const shape = anyShape(draw, 1);
    const axis = draw(0, shape.length - 1);
    const op = pick(draw, [softmax, logSoftmax]);
    return { name: op.name, inputs: [floats(shape)], run: (x) => op(x, axis) };
  },
  (draw) => {
    const [n, c] = [draw(1, 80), draw(1, 40)];
    const inputs = [floats([n, c], -5, 5), indices([n], c)];
    return { name: 'softmaxCrossEntropy', inputs, run: (x, target) => softmaxCrossEntropy(x, target).losses };
  },
  (draw) => {
    const [n, width] = [draw(1, 40), draw(2, 90)];
    const inputs = [floats([n, width]), floats([width]), floats([width])];
    return { name: 'layerNorm', inputs, run: (x, weight, bias) => layerNorm(x, [width], { weight, bias, eps: 0.1 }) };
  },
  (draw) => {
    const [n, h] = [draw(1, 20), draw(1, 40)];
    const run = (gates: Tensor, cell: Tensor): Tensor => {
      const next = lstmCell(gates, cell);
      return add(next.hidden, mul(next.cell, 0.5));
    };
    return { name: 'lstmCell', inputs: [floats([n, 4 * h]), floats([n, h])], run };
  },
];
