import type { Backend } from '@dl/kernels';
import { tensor } from '@dl/tensor';
import { ownTensor } from '../../own.ts';
import type { Batch } from './batch.ts';

/** Images `[n, c, h, w]` of ten classes in turn. `images` of pytorch.py is its twin. */
export function imageBatch(backend: Backend, shape: readonly number[]): Batch {
  const classes = Int32Array.from({ length: shape[0] }, (_, i) => i % 10);
  return { x: ownTensor(backend, shape, 1, 0, 1), y: tensor(classes, { backend }) };
}
