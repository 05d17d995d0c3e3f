import type { HostTensor } from '@dl/kernels';
import { type FileSource, withSource } from '../files/byte-source.ts';
import { decodeArray } from './decode.ts';

const op = 'readNpy';

/**
 * Reads a file in NumPy's npy format, with the checks and conversions of {@link decodeNpy}.
 *
 * @param source - a path (in Node), a `Blob` or bytes
 * @throws {@link FormatError} naming the file, when it is no sound npy file
 * @throws DlError for a path where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-read.npy`;
 * await writeNpy(path, { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) });
 * (await readNpy(path)).data // Float32Array [1, 2]
 */
export async function readNpy(source: FileSource): Promise<HostTensor> {
  return withSource(op, source, async (file) => decodeArray(op, 'array', await file.read(0, file.size)));
}
