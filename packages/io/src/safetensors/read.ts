import { FormatError } from '@dl/kernels';
import { nodeModules } from '../node-modules.ts';
import { decodeSafetensors, type SafetensorsFile } from './decode.ts';

/**
 * Reads a safetensors file from disk, with the checks of {@link decodeSafetensors}. In Node only.
 *
 * @throws {@link FormatError} naming the file, when it is no sound safetensors file
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-read.safetensors`;
 * await writeSafetensors(path, [['step', { shape: [], dtype: 'int32', data: new Int32Array([7]) }]]);
 * const { tensors } = await readSafetensors(path);
 * tensors.get('step')?.data // Int32Array [7]
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const { fs } = nodeModules('readSafetensors');
  const bytes = await fs.readFile(path);
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}
