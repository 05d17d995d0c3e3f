import type { CliIo } from '../io.ts';
import { type Paint, paintFor } from '../paint.ts';

/** What a command has besides its options. */
export interface Context extends CliIo {
  /** For what goes to `stdout`. */
  readonly paint: Paint;
}

/** Writes a line to where results go; with `--json`, to where all else does. */
export type Say = (line: string) => void;

export function contextOf(io: CliIo): Context {
  return { ...io, paint: paintFor(io.stdout, io.env) };
}

/** How a command tells what it does: on `stdout`, unless that is kept for one JSON object. */
export function sayer({ stdout, stderr }: CliIo, { json = false }: { readonly json?: boolean | undefined }): Say {
  const stream = json ? stderr : stdout;
  return (line) => {
    stream.write(`${line}\n`);
  };
}

/** Writes the one JSON object of a command. */
export function writeJson({ stdout }: CliIo, value: unknown): void {
  stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
