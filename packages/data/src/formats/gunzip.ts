import { FormatError } from '@dl/kernels';

/** Options of {@link gunzip}. */
export interface GunzipOptions {
  /** The most bytes that may come out: a few kilobytes can hold gigabytes. Default 2³⁰. */
  readonly maxBytes?: number | undefined;
}

/**
 * Inflates a gzip file, in Node and in browsers.
 *
 * @throws {@link FormatError} when it is corrupt or truncated, or inflates to more than `maxBytes`
 * @example
 * const empty = new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
 * (await gunzip(empty)).length // 0
 */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>, options: GunzipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes = 2 ** 30 } = options;
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await read(inflated, bytes.length); !next.done; next = await read(inflated, bytes.length)) {
    length += next.value.length;
    if (length > maxBytes) {
      await inflated.cancel();
      throw new FormatError('gunzip', `must inflate to at most ${maxBytes} bytes, got more (from ${bytes.length})`);
    }
    chunks.push(next.value);
  }
  const out = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.length;
  }
  return out;
}

async function read<T>(inflated: ReadableStreamDefaultReader<T>, bytes: number): Promise<ReadableStreamReadResult<T>> {
  try {
    return await inflated.read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError('gunzip', `must be a sound gzip file, got ${bytes} bytes: ${reason} (fetch it again)`);
  }
}
