import { writeSafetensors } from '@dl/io';
import type { Module } from '@dl/layers';
import { weightsOf } from './weights-of.ts';

/**
 * Writes a model's {@link stateDict} as a safetensors file, in one step: a crash leaves the old file or the new one. In Node only.
 *
 * @param metadata - free text to keep with the weights
 * @example
 * const { tmpdir } = await import('node:os');
 * const model = new Linear(2, 1);
 * await saveWeights(`${tmpdir()}/dl-linear.safetensors`, model);
 * await loadWeights(`${tmpdir()}/dl-linear.safetensors`, model);
 */
export async function saveWeights(path: string, model: Module, metadata: Readonly<Record<string, string>> = {}): Promise<void> {
  await writeSafetensors(path, await weightsOf(model), metadata);
}
