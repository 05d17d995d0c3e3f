import { FormatError, type HostTensor } from '@dl/kernels';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { decodeImage } from '../images/decode-image.ts';
import { bytesToImage } from './bytes-to-image.ts';

/** Where images are: a folder, in Node, or what gets the bytes of one by its name. */
export type ImageSource = string | ((name: string) => Promise<Uint8Array>);

/** Most bytes of an image's file. */
const maxBytes = 2 ** 28;

/** Gets images as float32 `[3, h, w]` in [0, 1], and refuses those that have another size than their annotations say. */
export type ImageReader = (name: string, size?: readonly [height: number, width: number]) => Promise<HostTensor>;

/** Gets the bytes of files by name. The names must have been found to lead nowhere else. */
export function bytesReader(op: string, source: ImageSource): (name: string) => Promise<Uint8Array> {
  if (typeof source !== 'string') return source;
  const node = nodeModules(op);
  return async (name) => {
    const path = node.path.join(source, name);
    const stat = await node.fs.stat(path).catch(() => undefined);
    if (!stat?.isFile()) throw new DatasetUnavailableError(op, [`no file ${path}`], 'all files that are named must be there');
    return readBytes(node, op, path, maxBytes);
  };
}

/** An {@link ImageReader} on a folder or a function. */
export function imageReader(op: string, source: ImageSource): ImageReader {
  const read = bytesReader(op, source);
  return async (name, size) => {
    const bytes = await read(name);
    try {
      const image = await decodeImage(bytes, { channels: 3 });
      const [, height, width] = image.shape;
      if (size !== undefined && (height !== size[0] || width !== size[1])) {
        throw new FormatError(op, `an image must be ${size.join(' × ')} as its annotations say, got ${height} × ${width}`);
      }
      return bytesToImage(image);
    } catch (error) {
      throw error instanceof FormatError ? error.within(name) : error;
    }
  };
}
