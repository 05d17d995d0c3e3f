import { ArgumentError, type DType, type HostTensor } from '@dl/kernels';
import { checkHostTensor } from '../elements/check-host-tensor.ts';

/** The name each dtype is written under, and its place in the file: the reference writer puts larger alignments first. */
const wireNames: { readonly [D in DType]: { readonly name: string; readonly order: number } } = {
  float64: { name: 'F64', order: 0 },
  float32: { name: 'F32', order: 1 },
  int32: { name: 'I32', order: 2 },
  uint8: { name: 'U8', order: 3 },
  bool: { name: 'BOOL', order: 4 },
};

const op = 'encodeSafetensors';

/**
 * Writes named tensors as a safetensors file. Equal tensors and metadata give equal bytes, whatever the order of
 * `entries`: float64 first, then float32, int32, uint8, bool, and by name within each, so that every tensor is aligned.
 *
 * @param entries - a `Map`, or pairs of name and tensor
 * @param metadata - free text to keep with them
 * @returns the whole file
 * @throws {@link ShapeError} when a tensor's data has not the length of its shape
 * @throws {@link DTypeError} when its array is not of its dtype
 * @throws {@link ArgumentError} for a name given twice, `__metadata__`, text that is not valid Unicode, or a bool other than 0 and 1
 * @example
 * const weight = { shape: [2, 1], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * encodeSafetensors([['weight', weight]], { format: 'pt' }).length // 112
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(
  entries: Iterable<readonly [string, HostTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...entries].sort(([a, x], [b, y]) => wireNames[x.dtype].order - wireNames[y.dtype].order || (a < b ? -1 : 1));
  checkNames(sorted.map(([name]) => name));
  const rows = metadataRow(metadata);
  const places: number[] = [];
  let dataBytes = 0;
  for (const [name, tensor] of sorted) {
    checkHostTensor(op, `tensor '${name}'`, tensor);
    const end = dataBytes + tensor.data.byteLength;
    const info = { dtype: wireNames[tensor.dtype].name, shape: tensor.shape, data_offsets: [dataBytes, end] };
    rows.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    places.push(dataBytes);
    dataBytes = end;
  }
  const header = new TextEncoder().encode(`{${rows.join(',')}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes).set(header, 8);
  sorted.forEach(([, { data }], i) => {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + headerBytes + places[i]);
  });
  return file;
}

function metadataRow(metadata: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return [];
  for (const [key, value] of entries) {
    if (typeof value !== 'string') throw new ArgumentError(op, `metadata values must be strings, got ${typeof value} ('${key}')`);
    checkUnicode('metadata', key);
    checkUnicode('metadata', value);
  }
  return [`"__metadata__":{${entries.map((pair) => pair.map((text) => JSON.stringify(text)).join(':')).join(',')}}`];
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '__metadata__') throw new ArgumentError(op, "a tensor must not be named '__metadata__', the header's own key");
    if (seen.has(name)) throw new ArgumentError(op, `names must be unique, got '${name}' twice`);
    checkUnicode('names', name);
    seen.add(name);
  }
}

function checkUnicode(what: string, text: string): void {
  if (/\p{Surrogate}/u.test(text)) {
    throw new ArgumentError(op, `${what} must be valid Unicode, got a lone surrogate (${JSON.stringify(text)})`);
  }
}
