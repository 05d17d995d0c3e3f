import { FormatError } from '@dl/kernels';
import { type ByteSource, type FileSource, withSource } from '../files/byte-source.ts';
import { createBudget, type UnpackOptions } from '../zip/byte-budget.ts';
import { checkPlain } from './check-plain.ts';
import { readLegacy } from './read-legacy.ts';
import { readZipped } from './read-zipped.ts';
import { TensorTable } from './tensor-table.ts';
import type { PthValue } from './value.ts';

const op = 'readPth';

/**
 * Reads what `torch.save` wrote (`.pth`, `.pt`), the zip format of PyTorch 1.6 and later and the one before, and runs nothing of it:
 * a pickle is a program, and this reader knows only those instructions and names that tensors and plain data need. Everything else
 * is refused by name and place, a whole pickled model too: save `model.state_dict()`.
 *
 * Elements are read as by {@link decodeSafetensors}: half and bfloat16 as float32, integers other than uint8 as int32 where every
 * value fits. Offsets and strides are honoured; tensors that share a storage get copies of their own, row-major, as do parameters.
 *
 * @param source - a path (in Node), a `Blob` or bytes
 * @throws {@link FormatError} naming the file, when it holds other than tensors and plain data, is truncated, damaged or lies about
 *   lengths and places, or would unpack to more than `maxBytes`
 * @throws DlError for a path where there is no file system
 * @example
 * // torch.save({'w': torch.tensor([1., 2.])}, 'w.pth', _use_new_zipfile_serialization=False), in base64
 * const base64 =
 *   'gAKKCmz8nEb5IGqoUBkugAJN6QMugAJ9cQAoWBAAAABwcm90b2NvbF92ZXJzaW9ucQFN6QNYDQAAAGxpdHRsZV9lbmRpYW5xAohYCgAAAHR5cGVfc2l6ZX' +
 *   'NxA31xBChYBQAAAHNob3J0cQVLAlgDAAAAaW50cQZLBFgEAAAAbG9uZ3EHSwR1dS6AAn1xAFgBAAAAd3EBY3RvcmNoLl91dGlscwpfcmVidWlsZF90ZW5z' +
 *   'b3JfdjIKcQIoKFgHAAAAc3RvcmFnZXEDY3RvcmNoCkZsb2F0U3RvcmFnZQpxBFgJAAAAODkxMTc2NDQ4cQVYAwAAAGNwdXEGSwJOdHEHUUsASwKFcQhLAY' +
 *   'VxCYljY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQopUnELdHEMUnENcy6AAl1xAFgJAAAAODkxMTc2NDQ4cQFhLgIAAAAAAAAAAACAPwAAAEA=';
 * const value = await readPth(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
 * findStateDict(value).get('w')?.data // Float32Array [1, 2]
 * @see https://pytorch.org/docs/stable/notes/serialization.html
 */
export async function readPth(source: FileSource, options: UnpackOptions = {}): Promise<PthValue> {
  return withSource(op, source, async (file) => {
    const table = new TensorTable(createBudget(op, options, file.size));
    const read = await findFormat(file);
    return checkPlain(op, await read(op, file, table));
  });
}

async function findFormat(file: ByteSource): Promise<typeof readZipped> {
  const start = await file.read(0, Math.min(file.size, 512));
  if (start[0] === 0x50 && start[1] === 0x4b) return readZipped;
  if (start[0] === 0x80) return readLegacy;
  const isTar = new TextDecoder().decode(start.subarray(257, 262)) === 'ustar';
  throw new FormatError(
    op,
    `a file begins as a zip archive or a pickle does, got ${isTar ? 'a tar archive (PyTorch 0.1)' : `[${start.subarray(0, 4).join(', ')}]`}`,
  );
}
