import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** A folder for all that a run leaves; a file in it is whole or not there. */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * The folder of a new run, which {@link RunFolder.make} makes: `runs/<time>` unless one is named.
   *
   * @throws {@link UsageError} where a run is already
   */
  static create(path: string | undefined, now: Date = new Date()): RunFolder {
    const folder = new RunFolder(path ?? join('runs', now.toISOString().slice(0, 19).replaceAll(':', '-')));
    if (existsSync(folder.file('manifest.json'))) {
      throw new UsageError(`${folder.path} holds a run already: name another folder, or go on with --resume ${folder.path}`);
    }
    return folder;
  }

  /**
   * The folder of a run that was begun before.
   *
   * @throws {@link UsageError} where there is none
   */
  static open(path: string): RunFolder {
    const folder = new RunFolder(path);
    if (!existsSync(folder.file('manifest.json'))) throw new UsageError(`${path} holds no run: it has no manifest.json`);
    return folder;
  }

  /** Makes it where it is not there. */
  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true });
  }

  /** The path of a file in the folder. */
  file(name: string): string {
    return join(this.path, name);
  }

  /** Reads a text; undefined where there is no such file. */
  async read(name: string): Promise<string | undefined> {
    return existsSync(this.file(name)) ? readFile(this.file(name), 'utf8') : undefined;
  }

  /** Writes a text under a temporary name, then renames it. */
  async write(name: string, text: string): Promise<void> {
    const temporary = this.file(`${name}.tmp`);
    try {
      await writeFile(temporary, text);
      await rename(temporary, this.file(name));
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
