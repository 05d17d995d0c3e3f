import * as tf from '@tensorflow/tfjs-core';
import type { Entrant } from '../../contestant.ts';
import { type TfjsBackend, tfjs, tfTensor, toHwio, toNchw, toNhwc } from '../../peers/tfjs.ts';
import { type ConvShape, layout } from './conv-shape.ts';

/** TensorFlow.js: a convolution. */
export function tfjsConv(backend: TfjsBackend, threads: number, shape: ConvShape): Entrant {
  const { x, w } = layout(shape);
  return tfjs(backend, threads, () => {
    const image = toNhwc(tfTensor(x, 1));
    const weight = toHwio(tfTensor(w, 2));
    return { inputs: [image, weight], produce: () => tf.conv2d(image, weight, 1, 'same'), read: toNchw };
  });
}

/** TensorFlow.js: the gradient of its image. */
export function tfjsInputGrad(backend: TfjsBackend, threads: number, shape: ConvShape): Entrant {
  const { w, y } = layout(shape);
  return tfjs(backend, threads, () => {
    const dy = toNhwc(tfTensor(y, 3));
    const weight = toHwio(tfTensor(w, 2));
    const { batch, size, inChannels } = shape;
    return {
      inputs: [dy, weight],
      produce: () => tf.conv2dTranspose(dy, weight, [batch, size, size, inChannels], 1, 'same'),
      read: toNchw,
    };
  });
}

/** TensorFlow.js: the gradient of its weight. The kernel itself, as `tf.grad` would compute the convolution too. */
export function tfjsWeightGrad(backend: TfjsBackend, threads: number, shape: ConvShape): Entrant {
  const { x, y } = layout(shape);
  const { inChannels, outChannels, kernel } = shape;
  return tfjs(backend, threads, () => {
    const image = toNhwc(tfTensor(x, 1));
    const dy = toNhwc(tfTensor(y, 3));
    const attrs = {
      strides: 1,
      pad: 'same',
      dataFormat: 'NHWC',
      filterShape: [kernel, kernel, inChannels, outChannels],
    };
    return {
      inputs: [image, dy],
      produce: () => tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: image, dy }, attrs) as tf.Tensor,
      read: (dw) => tf.transpose(dw as tf.Tensor4D, [3, 2, 0, 1]),
    };
  });
}
