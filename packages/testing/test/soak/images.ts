import {
  avgPool2d,
  batchNorm,
  batchNormTraining,
  conv2d,
  convTranspose2d,
  interpolate,
  maxPool2d,
  type Tensor,
} from '@dl/tensor';
import { type Draw, floats, type Maker, pick } from './program.ts';

function imagesOf(draw: Draw): number[] {
  return [draw(1, 3), draw(1, 5), draw(4, 14), draw(4, 14)];
}

/** Programs of images. */
export const images: readonly Maker[] = [
  (draw) => {
    const groups = draw(0, 3) === 0 ? 2 : 1;
    const [n, c, h, w] = imagesOf(draw);
    const [o, k] = [draw(1, 6), pick(draw, [1, 2, 3, 3, 3])];
    const options = {
      stride: [draw(1, 2), draw(1, 2)],
      padding: [draw(0, 2), draw(0, 2)],
      dilation: draw(0, 4) === 0 && k < 3 ? 2 : 1,
      groups,
    } as const;
    const inputs = [floats([n, c * groups, h, w]), floats([o * groups, c, k, k]), floats([o * groups])];
    return { name: 'conv2d', inputs, run: (x, weight, bias) => conv2d(x, weight, { ...options, bias }) };
  },
  (draw) => {
    const [n, c] = [draw(1, 3), pick(draw, [16, 24, 32])];
    const o = pick(draw, [16, 32]);
    const inputs = [floats([n, c, draw(8, 17), draw(8, 17)]), floats([o, c, 3, 3], -0.3, 0.3)];
    return { name: 'conv2d 3 × 3', inputs, run: (x, weight) => conv2d(x, weight, { padding: 1 }) };
  },
  (draw) => {
    const [n, c, h, w] = imagesOf(draw);
    const [o, k, stride] = [draw(1, 5), draw(1, 3), draw(1, 2)];
    const inputs = [floats([n, c, h, w]), floats([c, o, k, k])];
    return { name: 'convTranspose2d', inputs, run: (x, weight) => convTranspose2d(x, weight, { stride }) };
  },
  (draw) => {
    const op = pick(draw, [maxPool2d, avgPool2d]);
    const [kernelSize, stride] = [draw(2, 3), draw(1, 2)];
    return { name: op.name, inputs: [floats(imagesOf(draw))], run: (x) => op(x, kernelSize, { stride, padding: 1 }) };
  },
  (draw) => {
    const shape = imagesOf(draw);
    const inputs = [floats(shape), floats([shape[1]]), floats([shape[1]])];
    return {
      name: 'batchNormTraining',
      inputs,
      run: (x, weight, bias) => batchNormTraining(x, { weight, bias, eps: 0.1 }).output,
    };
  },
  (draw) => {
    const shape = imagesOf(draw);
    const channels = [shape[1]];
    const inputs = [floats(shape), floats(channels), floats(channels, 0.5, 2), floats(channels), floats(channels)];
    const run = (...[x, mean, variance, weight, bias]: readonly Tensor[]) => batchNorm(x, { mean, variance, weight, bias });
    return { name: 'batchNorm', inputs, run };
  },
  (draw) => {
    const size = [draw(1, 20), draw(1, 20)] as const;
    const mode = pick(draw, ['nearest', 'bilinear'] as const);
    return { name: 'interpolate', inputs: [floats(imagesOf(draw))], run: (x) => interpolate(x, { size, mode }) };
  },
];
