import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../measure.ts';

/** A Python process with PyTorch that runs the named works of pytorch.py. */
export class PyTorch {
  readonly version: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, version: string) {
    this.#child = child;
    this.#lines = lines;
    this.version = version;
  }

  /** Starts it, or gives undefined where no Python with PyTorch is installed (`DL_PYTHON` names another interpreter). */
  static async start(threads: number): Promise<PyTorch | undefined> {
    for (const python of process.env.DL_PYTHON ? [process.env.DL_PYTHON] : ['python3', '/usr/bin/python3']) {
      const child = spawn(python, [fileURLToPath(new URL('pytorch.py', import.meta.url)), String(threads)]);
      child.on('error', () => child.kill());
      child.stderr.resume();
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const first = await lines.next();
      const version = /^ready (.*)/.exec(first.done ? '' : first.value)?.[1];
      if (version !== undefined) return new PyTorch(child, lines, version);
      child.kill();
    }
    return undefined;
  }

  contestant(work: string): Contestant {
    return {
      name: `PyTorch ${this.version}`,
      run: async (iterations) => {
        this.#child.stdin.write(`${work} ${iterations}\n`);
        const answer = await this.#lines.next();
        if (answer.done) throw new Error(`PyTorch stopped while running ${work}`);
        return Number(answer.value);
      },
    };
  }

  stop(): void {
    this.#child.kill();
  }
}
