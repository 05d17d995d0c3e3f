import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contestant, Entrant } from '../contestant.ts';

/** What a Python with PyTorch says of itself. */
export interface PyTorchInfo {
  readonly version: string;
  /** Widest vector instructions that its own kernels use, such as AVX2. */
  readonly capability: string;
  /** File of the library that multiplies its matrices, or '' where that is inside PyTorch. */
  readonly blas: string;
  /** Milliseconds that `import torch` and a first addition took. */
  readonly importMs: number;
}

interface Answer {
  readonly ms?: number;
  readonly peakRssBytes?: number;
  readonly result?: readonly number[];
  readonly error?: string;
}

interface Process {
  readonly info: PyTorchInfo;
  readonly child: ChildProcessWithoutNullStreams;
  readonly lines: AsyncIterator<string>;
}

/** A Python process with PyTorch that runs the works of pytorch.py, or the knowledge that there is none. */
export class PyTorch {
  readonly name: string;
  readonly #process: Process | undefined;

  private constructor(process: Process | undefined) {
    this.#process = process;
    // Debian's PyTorch takes whatever BLAS is installed; the reference one is forty times slower than a good one.
    this.name = process?.info.blas.startsWith('libblas.so') ? 'PyTorch with reference BLAS' : 'PyTorch';
  }

  /** Starts Python, and looks whether it has PyTorch. */
  static async start(threads: number): Promise<PyTorch> {
    for (const python of pythons()) {
      const process = await startProcess(python, threads);
      if (process !== undefined) return new PyTorch(process);
    }
    return new PyTorch(undefined);
  }

  /**
   * What it is.
   *
   * @throws where PyTorch is not installed
   */
  get info(): PyTorchInfo {
    return this.#running().info;
  }

  /** PyTorch with one of its works. */
  entrant(work: string, ...args: readonly (number | string)[]): Entrant {
    return {
      name: this.name,
      enter: (): Contestant => {
        this.#running();
        return {
          run: async (iterations) => (await this.ask({ work, args, iterations })).ms ?? Number.NaN,
          result: async () => (await this.ask({ work, args })).result ?? [],
        };
      },
    };
  }

  /** One line to the process, one line back. */
  async ask(question: object): Promise<Answer> {
    const { child, lines } = this.#running();
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`PyTorch stopped while it did ${JSON.stringify(question)}`);
    const answer: Answer = JSON.parse(line.value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  /** Ends the process. */
  stop(): void {
    this.#process?.child.kill();
  }

  #running(): Process {
    if (this.#process === undefined)
      throw new Error(`no torch in ${pythons().join(' or ')} (DL_PYTHON names another interpreter)`);
    return this.#process;
  }
}

function pythons(): string[] {
  return process.env.DL_PYTHON ? [process.env.DL_PYTHON] : ['python3', '/usr/bin/python3'];
}

async function startProcess(python: string, threads: number): Promise<Process | undefined> {
  const count = String(threads);
  const child = spawn(python, [fileURLToPath(new URL('pytorch.py', import.meta.url)), count], {
    // What `torch.set_num_threads` does not reach: a BLAS with threads of its own.
    env: { ...process.env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count },
  });
  child.on('error', () => child.kill());
  child.stderr.resume();
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (!first.done) return { info: JSON.parse(first.value), child, lines };
  child.kill();
  return undefined;
}
