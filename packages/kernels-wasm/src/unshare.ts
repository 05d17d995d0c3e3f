import { BackendError } from '@dl/kernels';
import { readUnsigned } from './read-unsigned.ts';

const importSection = 2;
const memoryKind = 2;
const sharedFlag = 2;

/**
 * A copy of a module that imports an unshared memory where `module` imports a shared one: for pages that are not cross-origin
 * isolated and so have no `SharedArrayBuffer`. One bit differs, the shared flag in the limits of the import. The instructions
 * are valid on either memory.
 *
 * @throws {@link BackendError} when the only import of `module` is not a shared memory
 * @see WebAssembly core specification, 5.5.5 and the threads proposal: limits with flag 3 are shared and have a maximum
 */
export function unshare(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = module.slice();
  const cursor = { at: 8 };
  while (cursor.at < bytes.length) {
    const section = bytes[cursor.at++];
    const length = readUnsigned(bytes, cursor);
    if (section === importSection) {
      const count = readUnsigned(bytes, cursor);
      skipName(bytes, cursor);
      skipName(bytes, cursor);
      if (count === 1 && bytes[cursor.at] === memoryKind && (bytes[cursor.at + 1] & sharedFlag) !== 0) {
        bytes[cursor.at + 1] &= ~sharedFlag;
        return bytes;
      }
      break;
    }
    cursor.at += length;
  }
  throw new BackendError('unshare', 'a module must import a shared memory and nothing else, got another one');
}

function skipName(bytes: Uint8Array, cursor: { at: number }): void {
  const length = readUnsigned(bytes, cursor);
  cursor.at += length;
}
