import type { CompileStats } from './gpu-device.ts';
import type { Program } from './kernel-source.ts';

/** Programs that are kept; a training step takes about a hundred. */
const limit = 512;

/** Compiled programs by key. The one that was not used for longest goes when there are too many. */
export class ProgramCache<Compiled> {
  readonly #compile: (program: Program) => Compiled;
  readonly #drop: (compiled: Compiled) => void;
  readonly #limit: number;
  readonly #compiled = new Map<string, Compiled>();
  #compileMs = 0;

  constructor(compile: (program: Program) => Compiled, drop: (compiled: Compiled) => void = () => {}, most: number = limit) {
    this.#compile = compile;
    this.#drop = drop;
    this.#limit = most;
  }

  get stats(): CompileStats {
    return { programs: this.#compiled.size, compileMs: this.#compileMs };
  }

  get(program: Program): Compiled {
    const known = this.#compiled.get(program.key);
    if (known !== undefined) {
      this.#compiled.delete(program.key);
      this.#compiled.set(program.key, known);
      return known;
    }
    const start = performance.now();
    const compiled = this.#compile(program);
    this.#compileMs += performance.now() - start;
    this.#compiled.set(program.key, compiled);
    if (this.#compiled.size > this.#limit) this.#dropOldest();
    return compiled;
  }

  clear(): void {
    for (const compiled of this.#compiled.values()) this.#drop(compiled);
    this.#compiled.clear();
  }

  #dropOldest(): void {
    for (const [key, compiled] of this.#compiled) {
      this.#compiled.delete(key);
      this.#drop(compiled);
      return;
    }
  }
}
