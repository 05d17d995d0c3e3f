import { FormatError } from '@dl/kernels';
import { gunzip } from '../formats/gunzip.ts';
import type { NodeModules } from './node-modules.ts';

/**
 * A whole file, inflated where its name ends in `.gz`.
 *
 * @throws FormatError when it has more than `maxBytes`, before they are read
 */
export async function readBytes(
  { fs }: NodeModules,
  op: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await fs.stat(path);
  if (size > maxBytes) throw new FormatError(op, `must have at most ${maxBytes} bytes, got ${size}`);
  const bytes = new Uint8Array(await fs.readFile(path));
  return path.endsWith('.gz') ? gunzip(bytes, { maxBytes }) : bytes;
}
