import { encodeSafetensors } from '@dl/io';
import type { Module } from '@dl/layers';
import { sha256 } from '../sha256.ts';
import { weightsOf } from '../weights-of.ts';

/**
 * A SHA-256 of a model's state dict, in hexadecimal: that of the file which {@link saveWeights} writes without metadata. Two runs have the same
 * bits exactly when it is the same.
 *
 * @example
 * const [model, other] = [new Linear(2, 1), new Linear(2, 1)];
 * loadStateDict(other, stateDict(model));
 * (await weightsChecksum(model)) === (await weightsChecksum(other)) // true
 */
export async function weightsChecksum(model: Module): Promise<string> {
  return sha256(encodeSafetensors(await weightsOf(model)));
}
