import { FormatError } from '@dl/kernels';

/**
 * The files called `names` of a tar archive, in that order. Others are passed over; nothing is written anywhere, so that a member's
 * path cannot lead astray.
 *
 * @throws FormatError when the archive is truncated or corrupt, or one of the files is missing, comes twice or is a link
 */
export async function untar(op: string, archive: Uint8Array, names: readonly string[]): Promise<readonly Uint8Array[]> {
  const { unpackTar } = await import('modern-tar');
  const entries = await unpackTar(archive, {
    strict: true,
    filter: ({ name }) => names.includes(name.replace(/^\.\//, '')),
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(op, `must be a sound tar archive, got ${archive.length} bytes: ${reason} (fetch it again)`);
  });
  return names.map((name) => {
    const found = entries.filter(({ header }) => header.name.replace(/^\.\//, '') === name);
    const data = found[0]?.data;
    if (found.length !== 1 || found[0].header.type !== 'file' || data === undefined) {
      throw new FormatError(
        op,
        `the archive must have one file ${name}, got ${found.map(({ header }) => header.type).join(', ') || 'none'}`,
      );
    }
    return data;
  });
}
