import { differentiableInputs } from '../differentiate.ts';
import type { OpSample } from '../record.ts';

/** What golden values depend on. */
export type GoldenSubject = Pick<OpSample, 'differentiable' | 'inputs' | 'name' | 'torch'>;

/**
 * A short hash of all that a sample's golden values depend on: where it differs from the stored one, they are stale.
 *
 * @see Fowler, Noll & Vo: FNV-1a, 32 bits
 */
export function fingerprint(sample: GoldenSubject): string {
  const inputs = sample.inputs.map(({ shape, dtype, values }) => `${dtype} [${shape}] ${values.join(' ')}`);
  const text = [sample.torch, differentiableInputs(sample).join(' '), ...inputs].join('\n');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
