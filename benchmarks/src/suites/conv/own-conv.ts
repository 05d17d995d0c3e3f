import type { Backend } from '@dl/kernels';
import { conv2d, convTranspose2d } from '@dl/tensor';
import { batched, type Contestant } from '../../contestant.ts';
import { own, ownTensor } from '../../own.ts';
import { type ConvShape, layout } from './conv-shape.ts';

/** Ours: a convolution. */
export function ownConv(backend: Backend, shape: ConvShape): Contestant {
  const { x, w, padding } = layout(shape);
  const image = ownTensor(backend, x, 1);
  const weight = ownTensor(backend, w, 2);
  return own([image, weight], () => conv2d(image, weight, { padding }));
}

/** Ours: the gradient of its image, which is the kernel of a transposed convolution. */
export function ownInputGrad(backend: Backend, shape: ConvShape): Contestant {
  const { w, y, padding } = layout(shape);
  const dy = ownTensor(backend, y, 3);
  const weight = ownTensor(backend, w, 2);
  return own([dy, weight], () => convTranspose2d(dy, weight, { padding }));
}

/** Ours: the gradient of its weight. The kernel itself: a user meets it only inside a backward pass. */
export function ownWeightGrad(backend: Backend, shape: ConvShape): Contestant {
  const { x, w, y, padding } = layout(shape);
  const image = ownTensor(backend, x, 1);
  const dy = ownTensor(backend, y, 3);
  const spec = { shape: w, dtype: 'float32' } as const;
  const attrs = { stride: [1, 1], padding: [padding, padding], dilation: [1, 1], groups: 1 } as const;
  return batched({
    produce: () => backend.run('conv2dWeightGrad', [image, dy], attrs, spec),
    wait: () => backend.sync(),
    free: (buffer) => backend.release(buffer),
    read: (buffer) => backend.read({ ...spec, buffer }),
    dispose: () => {
      image.dispose();
      dy.dispose();
    },
  });
}
