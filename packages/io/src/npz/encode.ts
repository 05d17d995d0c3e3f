import { ArgumentError, type HostTensor } from '@dl/kernels';
import { type Zippable, zipSync } from 'fflate';
import { encodeArray } from '../npy/encode.ts';

/** How an npz archive is written. */
export interface NpzOptions {
  /** Deflate the arrays, as `np.savez_compressed` does; false by default. */
  readonly compress?: boolean | undefined;
}

const op = 'encodeNpz';

/** The limits of a zip archive without 64-bit fields. */
const maxMembers = 0xffff;
const maxBytes = 0xffffffff;
const maxNameBytes = 0xffff - '.npy'.length;

/**
 * Writes named arrays as a NumPy npz archive, for `np.load`. Equal arrays in equal order give equal bytes.
 *
 * @param entries - a `Map`, or pairs of name and array
 * @returns the whole file
 * @throws what {@link encodeNpy} throws
 * @throws {@link ArgumentError} for a name given twice not valid Unicode or of more than 65531 bytes, more than 65535 arrays, or more than 4 GiB
 * @example
 * const step = { shape: [], dtype: 'int32', data: new Int32Array([7]) } as const;
 * const file = encodeNpz([['step', step]]);
 * (await readNpz(file)).get('step')?.data // Int32Array [7]
 * @see https://numpy.org/doc/stable/reference/generated/numpy.savez.html
 */
export function encodeNpz(entries: Iterable<readonly [string, HostTensor]>, options: NpzOptions = {}): Uint8Array<ArrayBuffer> {
  const members = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const [name, array] of entries) {
    const fileName = `${name}.npy`;
    if (members.has(fileName)) throw new ArgumentError(op, `names must be unique, got '${name}' twice`);
    checkName(name);
    const member = encodeArray(op, `array '${name}'`, array);
    members.set(fileName, member);
    bytes += member.length + maxHeaderBytes(fileName);
  }
  if (members.size > maxMembers) throw new ArgumentError(op, `an archive has at most ${maxMembers} arrays, got ${members.size}`);
  if (bytes > maxBytes) throw new ArgumentError(op, `an archive has at most ${maxBytes} bytes, got ${bytes} (write several)`);
  const zippable: Zippable = Object.fromEntries(members);
  // The oldest date that zip has, as NumPy does: the same arrays give the same bytes.
  return zipSync(zippable, { level: options.compress ? 6 : 0, mtime: new Date(1980, 0, 1) });
}

function checkName(name: string): void {
  if (/\p{Surrogate}/u.test(name)) {
    throw new ArgumentError(op, `names must be valid Unicode, got a lone surrogate (${JSON.stringify(name)})`);
  }
  const length = new TextEncoder().encode(name).length;
  if (length > maxNameBytes) throw new ArgumentError(op, `names must have at most ${maxNameBytes} bytes, got ${length}`);
}

/** Of the local header and of the row in the directory, each with the name, of three bytes a character at most. */
function maxHeaderBytes(fileName: string): number {
  return 30 + 46 + 2 * 3 * fileName.length;
}
