import { replaceFile } from '@dl/io';
import { nodeModules } from '../node-modules.ts';

/** A text file of lines, each written at once. */
export class LineFile {
  readonly #op: string;
  readonly #path: string;

  /** @param op - who writes, for errors */
  constructor(op: string, path: string) {
    this.#op = op;
    this.#path = path;
  }

  /**
   * Keeps some lines of what is there, makes its folder where there is none, and returns them. A last line that a crash has cut off goes.
   *
   * @param kept - from all whole lines to those that stay
   */
  async begin(kept: (lines: readonly string[]) => readonly string[]): Promise<readonly string[]> {
    const { fs, path } = nodeModules(this.#op);
    await fs.mkdir(path.dirname(this.#path), { recursive: true });
    const lines = kept(await this.#wholeLines());
    await replaceFile(this.#path, lines.map((line) => `${line}\n`).join(''), this.#op);
    return lines;
  }

  /** Adds lines at the end. */
  async append(...lines: readonly string[]): Promise<void> {
    await nodeModules(this.#op).fs.appendFile(this.#path, lines.map((line) => `${line}\n`).join(''));
  }

  async #wholeLines(): Promise<readonly string[]> {
    try {
      const text = await nodeModules(this.#op).fs.readFile(this.#path, 'utf8');
      return text.split('\n').slice(0, -1);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}
