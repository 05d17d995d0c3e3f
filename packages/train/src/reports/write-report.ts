import { replaceFile } from '@dl/io';

/**
 * Writes a page or a picture to a file, in one step: who reads it meanwhile, or after a crash, meets the old file or the new one. In Node only.
 *
 * @param path - where; its folder must exist
 * @param page - as {@link reportHtml}, {@link compareHtml} and the pictures are
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * await writeReport(`${tmpdir()}/dl-report.html`, reportHtml({ title: 'A run', history: [] }));
 */
export async function writeReport(path: string, page: string): Promise<void> {
  await replaceFile(path, page, 'writeReport');
}
