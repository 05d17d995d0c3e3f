import { FormatError } from '@dl/kernels';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { JsonRecord } from './json-record.ts';

/** A file of annotations, with or without `.gz`, in Node; or what it holds, as `JSON.parse` gives it. */
export type CocoAnnotations = string | object;

/** Longer strings V8 does not have; that of the 118,000 training images of 2017 has 448 MB. */
const maxBytes = 2 ** 29 - 2 ** 10;

/** Reads annotations and hands them to `decode`; errors name the file. */
export async function decodeAnnotations<T>(
  op: string,
  annotations: CocoAnnotations,
  decode: (root: JsonRecord) => T,
): Promise<T> {
  if (typeof annotations !== 'string') return decode(new JsonRecord(op, annotations, 'annotations'));
  const node = nodeModules(op);
  const stat = await node.fs.stat(annotations).catch(() => undefined);
  if (!stat?.isFile())
    throw new DatasetUnavailableError(op, [`no file ${annotations}`], 'annotations must be the path of a JSON file');
  try {
    const bytes = await readBytes(node, op, annotations, maxBytes);
    return decode(new JsonRecord(op, parse(op, new TextDecoder().decode(bytes)), 'the file'));
  } catch (error) {
    throw error instanceof FormatError ? error.within(annotations) : error;
  }
}

function parse(op: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(
      op,
      `must be JSON, got ${text.length} characters: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
