import { FormatError } from '@dl/kernels';
import { type FileSource, withSource } from '../files/byte-source.ts';
import { createBudget } from './byte-budget.ts';
import { readZipDirectory } from './directory.ts';
import { readMember } from './read-member.ts';

/** Options of {@link unzip}. */
export interface UnzipOptions {
  /** Which members are wanted, by their names in the archive. Default: all files. */
  readonly filter?: ((name: string) => boolean) | undefined;
  /** The most bytes that they may have together. Default 2³⁰. */
  readonly maxBytes?: number | undefined;
}

const op = 'unzip';

/**
 * Unpacks a zip archive, in Node and in browsers. Nothing is believed: names that lead out of the archive or come twice, links, encryption,
 * sizes and sums that are not so, and more bytes than `maxBytes` are refused, sizes before memory is taken.
 *
 * @param source - a path (in Node), a `Blob` or bytes; only the members that are wanted are read
 * @returns the bytes of each file by its name, in the order of the archive
 * @throws {@link FormatError} naming the file, when it is not sound, or too big
 * @throws {@link ArgumentError} unless `maxBytes` is a number that is not negative
 * @throws DlError for a path where there is no file system
 * @example
 * const empty = new Uint8Array([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]);
 * (await unzip(empty)).size // 0
 */
export async function unzip(
  source: FileSource,
  { filter = () => true, maxBytes = 2 ** 30 }: UnzipOptions = {},
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  return withSource(op, source, async (file) => {
    const budget = createBudget(op, { maxBytes }, file.size);
    const members = [...(await readZipDirectory(op, file)).values()];
    for (const { name } of members) checkName(name);
    const wanted = members.filter(({ name }) => !name.endsWith('/') && filter(name));
    for (const { name, bytes } of wanted) budget.take(bytes, `member '${name}'`);
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const member of wanted) files.set(member.name, await readMember(op, file, member));
    return files;
  });
}

/** Refuses what leads out of the archive, also for whoever writes members to files by their names. */
function checkName(name: string): void {
  if (name === '' || /^[/\\]|^[a-z]:|\\|\0|(^|\/)\.\.(\/|$)/i.test(name)) {
    throw new FormatError(op, `zip members must have names inside of the archive, got '${name}'`);
  }
}
