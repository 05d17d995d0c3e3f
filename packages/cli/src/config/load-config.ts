import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DlError } from '@dl/kernels';
import { UsageError } from '../usage-error.ts';
import type { RunFactory } from './define-run.ts';

/** A config file that cannot be used: the message names it. */
export class ConfigError extends DlError {
  constructor(path: string, message: string, cause?: unknown) {
    super(path, message);
    this.cause = cause;
  }
}

/**
 * Loads a config file, TypeScript or JavaScript.
 *
 * @throws {@link UsageError} where there is no such file
 * @throws {@link ConfigError} when it cannot be loaded, or exports no run
 */
export async function loadConfig(path: string): Promise<RunFactory> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no config file ${path}`);
  let loaded: unknown;
  try {
    loaded = await importAny(file);
  } catch (error) {
    throw new ConfigError(
      path,
      `the config file must load, got ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  const run = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
  if (isFactory(run)) return run;
  throw new ConfigError(path, `the config file must export a run by default (export default defineRun(…)), got ${typeof run}`);
}

/** What Node says of a file that only a compiler can read: TypeScript before 22.18, enums and the like after. */
const beyondNode: readonly unknown[] = ['ERR_UNKNOWN_FILE_EXTENSION', 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'];

/** Node itself where it takes types away, from 22.18 on; before, jiti does. Packages stay Node's, so that there is one of each. */
async function importAny(file: string): Promise<unknown> {
  const { href } = pathToFileURL(file);
  try {
    return await import(href);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && beyondNode.includes(error.code))) throw error;
    const { createJiti } = await import('jiti');
    return createJiti(import.meta.url, { fsCache: false }).import(file);
  }
}

function isFactory(value: unknown): value is RunFactory {
  return typeof value === 'function';
}
