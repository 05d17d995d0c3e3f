import { DlError } from '@dl/kernels';
import type { DownloadOptions, RemoteFile } from './download.ts';
import type { NodeModules } from './node-modules.ts';
import { StallTimer } from './stall-timer.ts';

type FileHandle = Awaited<ReturnType<NodeModules['fs']['open']>>;

/**
 * Fetches what `part` still lacks of `file`. Bytes are written to their own place, so that two processes at once write the same.
 *
 * @returns whether the part had bytes of an earlier attempt
 */
export async function fetchPart(
  { fs }: NodeModules,
  file: RemoteFile,
  url: string,
  part: string,
  options: DownloadOptions,
): Promise<boolean> {
  const handle = await fs.open(part, fs.constants.O_RDWR | fs.constants.O_CREAT);
  try {
    const { size } = await handle.stat();
    if (size > file.bytes) await handle.truncate(0);
    const from = size > file.bytes ? 0 : size;
    if (from < file.bytes) await fetchInto(handle, file, url, from, options);
    await handle.sync();
    return from > 0;
  } finally {
    await handle.close();
  }
}

async function fetchInto(
  handle: FileHandle,
  file: RemoteFile,
  url: string,
  from: number,
  { signal, onProgress, stallMs = 20_000 }: DownloadOptions,
): Promise<void> {
  const stall = new StallTimer(stallMs);
  try {
    const abort = signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]);
    const response = await request(url, from, abort);
    let position = response.status === 206 ? from : 0;
    for await (const chunk of response.body ?? []) {
      stall.restart();
      if (position + chunk.length > file.bytes) throw new DlError('download', `must have ${file.bytes} bytes, got more`);
      await writeAt(handle, chunk, position);
      position += chunk.length;
      onProgress?.({ file: file.name, receivedBytes: position, totalBytes: file.bytes });
    }
    if (position < file.bytes) throw new DlError('download', `must have ${file.bytes} bytes, got ${position}`);
  } finally {
    stall.stop();
  }
}

/** The bytes from `from` on (206), or all of them where the server knows no ranges (200). */
async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) headers.range = `bytes=${from}-`;
  const response = await fetch(url, { headers, signal });
  const begin = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (response.status === 200 || (response.status === 206 && Number(begin) === from)) return response;
  await response.body?.cancel();
  throw new DlError(
    'download',
    `the server must send the file, got HTTP ${response.status}${begin ? ` with bytes from ${begin}` : ''}`,
  );
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
