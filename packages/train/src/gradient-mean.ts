import { add, mul, type Parameter, runScope, sub, type Tensor, withoutRecording } from '@dl/tensor';

/**
 * The mean of the gradients of several batches, weighted by their samples: what one large batch gives where the loss is a mean over
 * samples, up to rounding. The gradients of a single batch are handed through as they are.
 */
export class GradientMean {
  #mean: ReadonlyMap<Parameter, Tensor> = new Map();
  #batches = 0;
  #samples = 0;

  /** How many batches there are since the last {@link GradientMean.take}. */
  get batches(): number {
    return this.#batches;
  }

  /** Takes in the gradients of a batch, and owns them. */
  add(grads: ReadonlyMap<Parameter, Tensor>, samples: number): void {
    const before = this.#mean;
    this.#batches++;
    this.#samples += samples;
    const share = samples / this.#samples;
    this.#mean = this.#batches === 1 ? grads : moved(before, grads, share);
    if (this.#batches === 1) return;
    free(before);
    free(grads);
  }

  /** The mean, which is the caller's; starts over. */
  take(): ReadonlyMap<Parameter, Tensor> {
    const mean = this.#mean;
    this.#mean = new Map();
    this.reset();
    return mean;
  }

  /** Frees what has not been taken, and starts over. */
  reset(): void {
    free(this.#mean);
    this.#mean = new Map();
    this.#batches = 0;
    this.#samples = 0;
  }
}

/** $m + (g - m) s$ for each mean $m$ and gradient $g$, of maps with the same keys in the same order. */
function moved(
  means: ReadonlyMap<Parameter, Tensor>,
  grads: ReadonlyMap<Parameter, Tensor>,
  share: number,
): Map<Parameter, Tensor> {
  const before = [...means.values()];
  return withoutRecording(() =>
    runScope(
      'GradientMean',
      () => new Map([...grads].map(([key, grad], i) => [key, add(before[i], mul(sub(grad, before[i]), share))])),
    ),
  );
}

/** Frees gradients. */
export function free(grads: ReadonlyMap<Parameter, Tensor>): void {
  for (const grad of grads.values()) grad.dispose();
}
