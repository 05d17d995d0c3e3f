import { ArgumentError, DisposedError, type HostTensor, type TensorSpec } from '@dl/kernels';
import { elementTypes } from '../elements/element-types.ts';
import { type ByteSource, type FileSource, namingFile, openSource } from '../files/byte-source.ts';
import { type Header, headerEnd, parseHeader, type TensorInfo } from './header.ts';

const op = 'openSafetensors';

/** An open safetensors file, whose tensors are read when they are asked for. */
export interface SafetensorsReader {
  /** In the order of their data. */
  readonly names: readonly string[];
  /** The free text that came with them: format, training step, configuration. */
  readonly metadata: Record<string, string>;
  /**
   * What {@link SafetensorsReader.get} will give, without reading it.
   *
   * @throws {@link ArgumentError} for a name that the file does not have
   */
  info(name: string): TensorSpec;
  /**
   * Reads one tensor, and no other byte of the file.
   *
   * @throws {@link ArgumentError} for a name that the file does not have
   * @throws {@link FormatError} when its values do not fit the dtype that they are read as
   * @throws {@link DisposedError} after {@link SafetensorsReader.close}
   */
  get(name: string): Promise<HostTensor>;
  /** Gives the file handle back. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * Opens a safetensors file and reads its header only: each tensor is read, with the conversions of {@link decodeSafetensors}, when it
 * is asked for by name. So a model takes its weights from a file that is larger than memory.
 *
 * @param source - a path (in Node), a `Blob` or bytes
 * @throws {@link FormatError} naming the file, when it is no sound safetensors file; see {@link decodeSafetensors}
 * @throws DlError for a path where there is no file system
 * @example
 * const weight = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * const file = await openSafetensors(new Blob([encodeSafetensors([['fc.weight', weight]])]));
 * file.names; // ['fc.weight']
 * file.info('fc.weight').shape; // [2]
 * (await file.get('fc.weight')).data; // Float32Array [1, 2]
 * await file.close();
 * @see https://huggingface.co/docs/safetensors
 */
export async function openSafetensors(source: FileSource): Promise<SafetensorsReader> {
  const bytes = await openSource(op, source);
  try {
    const begin = headerEnd(op, await bytes.read(0, Math.min(8, bytes.size)), bytes.size);
    const header = parseHeader(op, await bytes.read(8, begin), bytes.size - begin);
    return createReader(source, bytes, header, begin);
  } catch (error) {
    await bytes.close();
    throw namingFile(error, source);
  }
}

function createReader(source: FileSource, bytes: ByteSource, header: Header, dataBegin: number): SafetensorsReader {
  const byName = new Map(header.tensors.map((info) => [info.name, info]));
  const find = (name: string): TensorInfo => {
    const info = byName.get(name);
    if (info === undefined) throw new ArgumentError(op, `name must be one of the file's ${byName.size} tensors, got '${name}'`);
    return info;
  };
  let isOpen = true;
  return {
    names: [...byName.keys()],
    metadata: header.metadata,
    info(name) {
      const { shape, type } = find(name);
      return { shape, dtype: elementTypes[type].dtype };
    },
    async get(name) {
      if (!isOpen) throw new DisposedError(op, `a tensor must be read before the file is closed, got '${name}' after`);
      const { shape, type, begin, end } = find(name);
      const { buffer } = await bytes.read(dataBegin + begin, dataBegin + end);
      const { dtype, decode } = elementTypes[type];
      try {
        return { shape, dtype, data: decode(buffer, op, `tensor '${name}'`) };
      } catch (error) {
        throw namingFile(error, source);
      }
    },
    async close() {
      isOpen = false;
      await bytes.close();
    },
  };
}
