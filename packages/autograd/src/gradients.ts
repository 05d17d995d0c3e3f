import { add, currentScope, type Freed, isRecording, type Tensor } from '@dl/tensor';

/**
 * Gradients on their way back, each by the tensor it is of. A gradient that the scope of the backward pass owns is freed when it is of nothing
 * any more; rules may pass on what they were given, so one can be of several tensors, or not the backward pass's own. None is while somebody
 * records, who may need it.
 */
export class Gradients {
  readonly #grads = new Map<Tensor, Tensor>();
  /** Of how many tensors each gradient is. */
  readonly #uses = new Map<Tensor, number>();
  readonly #scope: object | undefined = currentScope();
  readonly #isRecorded: boolean = isRecording();
  readonly #freed: Freed;

  /** @param freed - who frees, for errors */
  constructor(freed: Freed) {
    this.#freed = freed;
  }

  get(of: Tensor): Tensor | undefined {
    return this.#grads.get(of);
  }

  /** Whether `grad` is a gradient of something. */
  has(grad: Tensor): boolean {
    return this.#uses.has(grad);
  }

  /** Adds a share to the gradient of `of`. */
  accumulate(of: Tensor, share: Tensor): void {
    const sofar = this.#grads.get(of);
    const total = sofar === undefined ? share : add(sofar, share);
    this.#grads.set(of, total);
    this.#uses.set(total, (this.#uses.get(total) ?? 0) + 1);
    if (sofar !== undefined) this.#drop(sofar);
  }

  /** Forgets the gradient of `of`. */
  delete(of: Tensor): void {
    const grad = this.#grads.get(of);
    if (grad === undefined) return;
    this.#grads.delete(of);
    this.#drop(grad);
  }

  /** Frees a tensor that the backward pass made, unless it is a gradient. */
  freeUnused(x: Tensor): void {
    if (!this.#isRecorded && x.owner === this.#scope && !this.#uses.has(x)) x.free(this.#freed);
  }

  #drop(grad: Tensor): void {
    const left = (this.#uses.get(grad) ?? 0) - 1;
    if (left > 0) {
      this.#uses.set(grad, left);
      return;
    }
    this.#uses.delete(grad);
    this.freeUnused(grad);
  }
}
