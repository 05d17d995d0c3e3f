import { GradientError } from '@dl/kernels';
import { installRecorder, onesLike, openScope, type Tensor } from '@dl/tensor';
import { checkScalar, checkSources, Tape } from './tape.ts';

/**
 * The imperative form of differentiation: records every op from its construction until `gradients` is asked or it is disposed.
 *
 * Disposing it (`using` does) frees what was made while it recorded, but the gradients, their target and what was passed to `keep()`.
 * The code between must not `await`.
 *
 * @example
 * const x = tensor([1, 2, 3]);
 * const tape = new GradientTape();
 * const loss = x.mul(x).sum();
 * const [dx] = tape.gradients(loss, [x]);
 * tape.dispose();
 * await dx.data() // Float32Array [2, 4, 6]
 */
export class GradientTape {
  readonly #tape = new Tape();
  readonly #closeScope = openScope('GradientTape');
  readonly #survivors: Tensor[] = [];
  #stopRecording: (() => void) | undefined = installRecorder(this.#tape);
  #disposed = false;

  /**
   * The gradients of a scalar by each source, in their order; zeros where it does not depend on one. May be asked several times.
   *
   * @throws {@link ShapeError} when `target` has more than one element
   * @throws {@link GradientError} after the tape was disposed
   */
  gradients(target: Tensor, sources: readonly Tensor[]): Tensor[] {
    if (this.#disposed) throw new GradientError('GradientTape', 'gradients must be asked before the tape is disposed');
    checkScalar('GradientTape', target);
    checkSources('GradientTape', sources);
    this.stop();
    const found = this.#tape.backward(target, onesLike(target), sources);
    this.#survivors.push(target, ...found);
    return found;
  }

  /** Ends the recording; gradients can still be asked. */
  stop(): void {
    this.#stopRecording?.();
    this.#stopRecording = undefined;
  }

  /** Ends the recording and frees what was made during it. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.stop();
    this.#closeScope(this.#survivors);
  }

  /** Lets `using tape = new GradientTape()` dispose it at the end of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}
