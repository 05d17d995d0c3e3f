import type { FileSource } from '../files/byte-source.ts';
import type { SafetensorsFile } from './decode.ts';
import { openSafetensors } from './open.ts';

/**
 * Reads a whole safetensors file, with the checks of {@link decodeSafetensors}. {@link openSafetensors} reads one tensor at a time.
 *
 * @param source - a path (in Node), a `Blob` or bytes
 * @throws {@link FormatError} naming the file, when it is no sound safetensors file
 * @throws DlError for a path where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-read.safetensors`;
 * await writeSafetensors(path, [['step', { shape: [], dtype: 'int32', data: new Int32Array([7]) }]]);
 * const { tensors } = await readSafetensors(path);
 * tensors.get('step')?.data // Int32Array [7]
 */
export async function readSafetensors(source: FileSource): Promise<SafetensorsFile> {
  const file = await openSafetensors(source);
  try {
    const tensors: SafetensorsFile['tensors'] = new Map();
    for (const name of file.names) tensors.set(name, await file.get(name));
    return { tensors, metadata: file.metadata };
  } finally {
    await file.close();
  }
}
