import { FormatError } from '@dl/kernels';
import { nodeModules } from './node-modules.ts';

/**
 * What files are read from: a path (in Node), a `Blob` or `File` (of an `<input>`, or `await response.blob()`), or bytes. Of the
 * first two only the parts that are asked for are read.
 */
export type FileSource = string | Blob | Uint8Array;

/** Bytes that are read a range at a time. */
export interface ByteSource {
  readonly size: number;
  /** The range in memory of its own, which begins at its buffer's begin. It must lie inside. */
  read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** The most that Node reads at once. */
const maxReadBytes = 2 ** 30;

/** Opens `source`; `op` is named in errors. */
export async function openSource(op: string, source: FileSource): Promise<ByteSource> {
  if (typeof source === 'string') return openPath(op, source);
  const close = async (): Promise<void> => {};
  if (source instanceof Blob) {
    const read = async (begin: number, end: number) => new Uint8Array(await source.slice(begin, end).arrayBuffer());
    return { size: source.size, read, close };
  }
  return { size: source.length, read: async (begin, end) => copyOf(source.subarray(begin, end)), close };
}

/** Runs `read` on an open source and closes it whatever happens; a {@link FormatError} then names the file. */
export async function withSource<T>(op: string, source: FileSource, read: (open: ByteSource) => Promise<T>): Promise<T> {
  const open = await openSource(op, source);
  try {
    return await read(open);
  } catch (error) {
    throw namingFile(error, source);
  } finally {
    await open.close();
  }
}

/** `error` with the path of the file where it is one about the file. */
export function namingFile(error: unknown, source: FileSource): unknown {
  return error instanceof FormatError && typeof source === 'string' ? error.within(source) : error;
}

async function openPath(op: string, path: string): Promise<ByteSource> {
  const { fs } = nodeModules(op);
  const file = await fs.open(path, 'r');
  try {
    const { size } = await file.stat();
    return {
      size,
      async read(begin, end) {
        const out = new Uint8Array(end - begin);
        for (let done = 0; done < out.length; ) {
          const length = Math.min(out.length - done, maxReadBytes);
          const { bytesRead } = await file.read(out, done, length, begin + done);
          if (bytesRead === 0)
            throw new FormatError(op, `the file must not shrink while it is read, got its end at ${begin + done}`);
          done += bytesRead;
        }
        return out;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** `Buffer`'s own `slice` shares memory, so a copy is made by hand. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}
