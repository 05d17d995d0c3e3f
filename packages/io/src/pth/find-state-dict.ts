import { ArgumentError, type HostTensor } from '@dl/kernels';
import { isTensor, type PthValue } from './value.ts';

/** Where training scripts keep the weights in a checkpoint, the more telling names first. */
const usualKeys = ['state_dict', 'model_state_dict', 'model', 'net'];

/**
 * The named tensors of a checkpoint: those of the dict itself, where it holds nothing but tensors under text, or of the one that it holds
 * under `state_dict`, `model_state_dict`, `model` or `net`, the first that does.
 *
 * @param value - what {@link readPth} gave
 * @returns a Map for `loadStateDict` of `@dl/layers`
 * @throws {@link ArgumentError} naming the keys, when there is no such dict
 * @example
 * const weight = { shape: [1], dtype: 'float32', data: new Float32Array([2]) } as const;
 * const checkpoint = new Map<string, PthValue>([['epoch', 3], ['state_dict', new Map([['fc.weight', weight]])]]);
 * [...findStateDict(checkpoint).keys()] // ['fc.weight']
 */
export function findStateDict(value: PthValue): Map<string, HostTensor> {
  if (!(value instanceof Map)) throw new ArgumentError('findStateDict', 'a checkpoint must be a dict, got another value');
  const inner = usualKeys.map((key) => value.get(key)).map((one) => (one === undefined ? undefined : asStateDict(one)));
  const found = asStateDict(value) ?? inner.find((one) => one !== undefined);
  if (found === undefined) {
    const keys = [...value.keys()].slice(0, 8).map((key) => (typeof key === 'string' ? `'${key.slice(0, 80)}'` : String(key)));
    throw new ArgumentError(
      'findStateDict',
      `a checkpoint must be a dict of tensors or hold one under ${usualKeys.join(', ')}, got keys ${keys.join(', ') || 'of none'}` +
        `${value.size > keys.length ? ', …' : ''}`,
    );
  }
  return found;
}

function asStateDict(value: PthValue): Map<string, HostTensor> | undefined {
  if (!(value instanceof Map) || value.size === 0) return undefined;
  const tensors = new Map<string, HostTensor>();
  for (const [name, tensor] of value) {
    if (typeof name !== 'string' || !isTensor(tensor)) return undefined;
    tensors.set(name, tensor);
  }
  return tensors;
}
