import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder for the results of one run; a file in it is whole or not there. */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder: `runs/<time>` unless one is named. */
  static async create(path: string | undefined, now: Date = new Date()): Promise<RunFolder> {
    const folder = path ?? join('runs', now.toISOString().slice(0, 19).replaceAll(':', '-'));
    await mkdir(folder, { recursive: true });
    return new RunFolder(folder);
  }

  /** The path of a file in the folder. */
  file(name: string): string {
    return join(this.path, name);
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
