import { FormatError } from '@dl/kernels';
import type { NodeModules } from './node-modules.ts';
import { readBytes } from './read-bytes.ts';

/** A line of a text file that has something in it. */
export interface TextLine {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
}

/** Lists of file names and classes are shorter. */
const maxBytes = 2 ** 28;

/**
 * The lines of a text file that are not empty, without spaces around them.
 *
 * @throws FormatError when the file is not UTF-8, or too large
 */
export async function readLines(node: NodeModules, op: string, path: string): Promise<readonly TextLine[]> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readBytes(node, op, path, maxBytes));
    return text
      .split('\n')
      .map((line, i) => ({ text: line.trim(), number: i + 1 }))
      .filter((line) => line.text !== '');
  } catch (error) {
    if (error instanceof TypeError) throw new FormatError(op, 'must be a text in UTF-8, got other bytes').within(path);
    throw error instanceof FormatError ? error.within(path) : error;
  }
}

/** The first of `paths` that is a file. */
export async function firstFile({ fs }: NodeModules, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat?.isFile()) return path;
  }
  return undefined;
}

/** The first of `paths` that is a folder. */
export async function firstFolder({ fs }: NodeModules, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat?.isDirectory()) return path;
  }
  return undefined;
}
