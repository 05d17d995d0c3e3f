import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type CliIo, runCli } from '../src/index.ts';

/** What a call of the program came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls the program in this process. */
export async function dl(args: readonly string[], io: Partial<CliIo> = {}): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env: {},
    signals: new EventEmitter(),
    ...io,
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** A folder for the tests of a file, which is removed after them. */
export function testFolder(): { path(name: string): string } {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dl-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return { path: (name) => join(folder, name) };
}

/** Two hundred digits drawn by the computer: an instant, and nothing to download. */
export const small: readonly string[] = ['--data', 'digits', '--limit', '200', '--batch-size', '16'];
