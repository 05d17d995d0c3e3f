import { ArgumentError, FormatError, type HostTensor } from '@dl/kernels';
import { isHostTensor, isPlain, type StateTree } from './state-tree.ts';

const op = 'encodeCheckpoint';

/**
 * What JSON cannot say is said by an object with one key: tensors by their names, maps by their entries, and numbers such as NaN by
 * their spelling.
 */
const [tensorKey, mapKey, numberKey] = ['$tensor', '$map', '$number'];

/**
 * A state as JSON, with its tensors aside.
 *
 * @param tensors - takes the tensors, under their places in the state: `optimizer/state/0.expAvg`
 * @throws {@link ArgumentError} for what is not plain data, and for a key that begins with `$`
 */
export function toJson(value: unknown, tensors: Map<string, HostTensor>, place = ''): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    return { [numberKey]: Object.is(value, -0) ? '-0' : String(value) };
  if (value === undefined || value === null || ['boolean', 'number', 'string'].includes(typeof value)) return value;
  if (isHostTensor(value)) {
    tensors.set(place, value);
    return { [tensorKey]: place };
  }
  const at = (name: string | number): string => (place === '' ? String(name) : `${place}/${name}`);
  if (Array.isArray(value)) return value.map((item, i) => toJson(item, tensors, at(i)));
  if (value instanceof Map) return { [mapKey]: [...value].map(([name, item]) => [name, toJson(item, tensors, at(name))]) };
  if (!isPlain(value)) throw new ArgumentError(op, `a state must be plain data and tensors, got ${typeof value} (${place})`);
  const reserved = Object.keys(value).find((name) => name.startsWith('$'));
  if (reserved !== undefined) throw new ArgumentError(op, `keys must not begin with $, got ${reserved} (${place})`);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item, tensors, at(name))]));
}

/**
 * The inverse of {@link toJson}.
 *
 * @throws {@link FormatError} for a tensor that is not there, and for what {@link toJson} does not write
 */
export function fromJson(value: unknown, tensors: ReadonlyMap<string, HostTensor>): StateTree {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item) => fromJson(item, tensors));
  if (!isPlain(value)) throw new FormatError('decodeCheckpoint', `the state must be JSON, got ${typeof value}`);
  const keys = Object.keys(value);
  if (!keys[0]?.startsWith('$')) return Object.fromEntries(keys.map((name) => [name, fromJson(value[name], tensors)]));
  const said = value[keys[0]];
  if (keys[0] === numberKey && typeof said === 'string') return Number(said);
  if (keys[0] === mapKey && Array.isArray(said)) {
    return new Map(said.map((entry: unknown) => entryOf(entry, tensors)));
  }
  const tensor = keys[0] === tensorKey && typeof said === 'string' ? tensors.get(said) : undefined;
  if (tensor === undefined) throw new FormatError('decodeCheckpoint', `the state must be whole, got ${JSON.stringify(value)}`);
  return tensor;
}

function entryOf(entry: unknown, tensors: ReadonlyMap<string, HostTensor>): [string, StateTree] {
  if (Array.isArray(entry) && typeof entry[0] === 'string') return [entry[0], fromJson(entry[1], tensors)];
  throw new FormatError('decodeCheckpoint', `the entries of a map must have names, got ${JSON.stringify(entry)}`);
}
