import { FormatError, type HostTensor } from '@dl/kernels';
import { type ByteSource, type FileSource, withSource } from '../files/byte-source.ts';
import { decodeArray } from '../npy/decode.ts';
import { createBudget, type UnpackOptions } from '../zip/byte-budget.ts';
import { readZipDirectory } from '../zip/directory.ts';
import { readMember } from '../zip/read-member.ts';

const op = 'readNpz';

/**
 * Reads the named arrays of a NumPy npz archive, as `np.savez` and `np.savez_compressed` write it, with the checks and conversions of
 * {@link decodeNpy}. Names are keys of the result and nothing else: none is taken for a path.
 *
 * @param source - a path (in Node), a `Blob` or bytes
 * @returns by name, in the order of the archive
 * @throws {@link FormatError} naming the file, when it is no sound archive, a member is no array, a sum (CRC-32) is wrong, or it would
 *   unpack to more than `maxBytes`; declared sizes are checked before memory is taken
 * @throws DlError for a path where there is no file system
 * @example
 * const bias = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const arrays = await readNpz(encodeNpz([['bias', bias]], { compress: true }));
 * arrays.get('bias')?.data // Float32Array [1, 2]
 * @see https://numpy.org/doc/stable/reference/generated/numpy.savez.html
 */
export async function readNpz(source: FileSource, options: UnpackOptions = {}): Promise<Map<string, HostTensor>> {
  return withSource(op, source, (file) => readArrays(file, options));
}

async function readArrays(file: ByteSource, options: UnpackOptions): Promise<Map<string, HostTensor>> {
  const budget = createBudget(op, options, file.size);
  const members = await readZipDirectory(op, file);
  for (const { name, bytes } of members.values()) {
    if (!name.endsWith('.npy')) throw new FormatError(op, `members must be arrays (.npy), got '${name}'`);
    budget.take(bytes, `member '${name}'`);
  }
  const arrays = new Map<string, HostTensor>();
  for (const [fileName, member] of members) {
    const name = fileName.slice(0, -'.npy'.length);
    const bytes = await readMember(op, file, member);
    try {
      arrays.set(name, decodeArray(op, `array '${name}'`, bytes));
    } catch (error) {
      throw error instanceof FormatError ? error.within(fileName) : error;
    }
  }
  return arrays;
}
