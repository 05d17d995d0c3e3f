import type { Backend } from '@dl/kernels';
import { oneHot, tensor } from '@dl/tensor';
import { values } from '../../values.ts';
import type { Batch } from './batch.ts';
import { alphabet } from './character-model.ts';

/** Text `[steps, batch, 65]`, and for each character the one after it. `characters` of pytorch.py is its twin. */
export function characterBatch(backend: Backend, steps: number, batch: number): Batch {
  // Below 64.9 so that no rounding to float32 makes a 65.
  const text = Int32Array.from(values((steps + 1) * batch, 1, 0, alphabet - 0.1), Math.floor);
  const characters = tensor(text.subarray(0, -batch), { shape: [steps, batch], backend });
  const x = oneHot(characters, alphabet);
  characters.dispose();
  return { x, y: tensor(text.subarray(batch), { backend }) };
}
