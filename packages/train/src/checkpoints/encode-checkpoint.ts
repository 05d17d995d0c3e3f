import { encodeSafetensors } from '@dl/io';
import type { HostTensor } from '@dl/kernels';
import { sha256 } from '../sha256.ts';
import { toJson } from './json-tree.ts';
import { blankSeal, format, sealBegin } from './seal.ts';
import type { TrainingState } from './training-state.ts';

/**
 * A {@link TrainingState} as the bytes of one file: safetensors, with everything that is no tensor as JSON in its metadata, and a SHA-256 over the
 * whole file.
 *
 * @throws {@link ArgumentError} for a state of a callback or of another part that is not plain data
 * @example
 * function keepEpochs(kept: Uint8Array[]): Callback {
 *   let state: FitStart['state'];
 *   return {
 *     onFitStart(start) {
 *       state = start.state;
 *     },
 *     async onPause({ after }) {
 *       if (after === 'epoch') kept.push(await encodeCheckpoint(await state()));
 *     },
 *   };
 * }
 * const kept: Uint8Array[] = [];
 * const x = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const train = new DataLoader(new ArrayDataset({ x, y: x }), { batchSize: 2 });
 * const model = new Linear(1, 1);
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * await fit({ model, loss: mseLoss, optimizer, train, epochs: 3, callbacks: [keepEpochs(kept)] });
 * (await decodeCheckpoint(kept[1])).globalStep // 2
 */
export async function encodeCheckpoint(state: TrainingState): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = new Map<string, HostTensor>();
  const json = JSON.stringify(toJson(state, tensors));
  const bytes = encodeSafetensors(tensors, { format, sha256: blankSeal, state: json });
  new TextEncoder().encodeInto(await sha256(bytes), bytes.subarray(sealBegin));
  return bytes;
}
