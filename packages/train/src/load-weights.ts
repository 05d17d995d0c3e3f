import { readSafetensors } from '@dl/io';
import { type LoadStateDictOptions, loadStateDict, type Module, type SkippedNames } from '@dl/layers';

/**
 * Gives a model the weights of a safetensors file; see {@link loadStateDict}. In Node only.
 *
 * @throws {@link FormatError} when it is no sound safetensors file
 * @throws {@link StateDictError} listing everything that does not fit
 * @example
 * const { tmpdir } = await import('node:os');
 * const model = new Linear(2, 1);
 * await saveWeights(`${tmpdir()}/dl-weights.safetensors`, model);
 * await loadWeights(`${tmpdir()}/dl-weights.safetensors`, new Linear(2, 1)) // { missing: [], unexpected: [] }
 */
export async function loadWeights(path: string, model: Module, options: LoadStateDictOptions = {}): Promise<SkippedNames> {
  const { tensors } = await readSafetensors(path);
  return loadStateDict(model, tensors, options);
}
