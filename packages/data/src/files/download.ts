import { DlError, FormatError } from '@dl/kernels';
import { fetchPart } from './fetch-part.ts';
import type { NodeModules } from './node-modules.ts';
import { sha256Of } from './sha256-of.ts';

/** A file that mirrors offer, known in advance down to its bits. */
export interface RemoteFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** How far a download is. */
export interface DownloadProgress {
  /** Name of the file. */
  readonly file: string;
  /** What of it is here, an earlier attempt's bytes included. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** Options of a download. */
export interface DownloadOptions {
  /** Stops the download when it aborts; what has come is kept for later. */
  readonly signal?: AbortSignal | undefined;
  /** Is told of every piece that has come. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** A server that sends nothing for so long has failed. Default 20 s. */
  readonly stallMs?: number | undefined;
}

/** Every mirror failed; `reasons` has one line for each. */
export class DownloadError extends DlError {
  readonly reasons: readonly string[];

  constructor(name: string, reasons: readonly string[]) {
    super('download', `a mirror must have ${name}, got ${reasons.join('; ')}`);
    this.reasons = reasons;
  }
}

/**
 * Brings a file from the first mirror that has it to `folder`. Bytes are collected in `name.part`, which a later call goes on with;
 * it gets its name once its SHA-256 is right.
 *
 * @param mirrors - folders on the web, each ending in a slash
 * @returns the address it came from
 * @throws {@link DownloadError} when no mirror has it
 * @throws the reason of `signal`, when it aborts; the part stays
 */
export async function download(
  node: NodeModules,
  file: RemoteFile,
  mirrors: readonly string[],
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const target = node.path.join(folder, file.name);
  const reasons: string[] = [];
  for (const mirror of mirrors) {
    const url = mirror + file.name;
    try {
      await node.fs.mkdir(folder, { recursive: true });
      await fetchVerified(node, file, url, `${target}.part`, options);
      await node.fs.rename(`${target}.part`, target);
      return url;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (await otherFinished(node, file, target)) return url;
      reasons.push(`${url}: ${reasonOf(error)}`);
    }
  }
  throw new DownloadError(file.name, reasons);
}

async function fetchVerified(
  node: NodeModules,
  file: RemoteFile,
  url: string,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  const resumed = await fetchPart(node, file, url, part, options);
  const sha256 = await sha256Of(node, part);
  if (sha256 === file.sha256) return;
  await node.fs.rm(part, { force: true });
  if (resumed) return fetchVerified(node, file, url, part, options);
  throw new FormatError('download', `SHA-256 must be ${file.sha256}, got ${sha256}`);
}

/** Whether another process, at work on the same part, has just completed it and taken it away. */
async function otherFinished(node: NodeModules, file: RemoteFile, target: string): Promise<boolean> {
  const sha256 = await sha256Of(node, target).catch(() => undefined);
  return sha256 === file.sha256;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
