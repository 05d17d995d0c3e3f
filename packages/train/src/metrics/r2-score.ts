import { formatShape, type HostTensor, ShapeError } from '@dl/kernels';
import { keep, mean, reshape, runScope, square, stack, sub, sum, type Tensor, tensor, withoutRecording } from '@dl/tensor';
import { checkSameShape } from './check-same-shape.ts';
import { DeviceTotal } from './device-total.ts';
import type { Metric, MetricState } from './metric.ts';
import { numberOf, tensorOf } from './metric-state.ts';

/**
 * The share of the targets' variance that is explained, $R^2 = 1 - \sum (y - \hat y)^2 / \sum (y - \bar y)^2$: 1 is perfect, 0 is as good as always
 * saying the mean. Of several outputs a sample, the mean over them. Targets that are all equal have 1 if they are met and 0 if not, as in
 * scikit-learn.
 *
 * Takes outputs and targets `[n, ...]` of one shape.
 *
 * @example
 * const explained = new R2Score();
 * explained.update(tensor([1, 2, 3, 5]), tensor([1, 2, 3, 4]));
 * await explained.compute() // 0.8
 */
export class R2Score implements Metric {
  /** For each output the sums of the squared errors, of the shifted targets, and of their squares. */
  readonly #sums: DeviceTotal = new DeviceTotal();
  /** The mean targets of the first batch: sums of what is left lose no digits to a large mean. */
  #shift: Tensor | undefined;
  /** The shift of a restored state, until the next batch says which backend it belongs to. */
  #saved: HostTensor | undefined;
  #count = 0;

  /** @throws {@link ShapeError} when the shapes differ, or are not those of the batches before */
  update(output: Tensor, target: Tensor): void {
    checkSameShape('R2Score', output, target);
    if (output.rank === 0)
      throw new ShapeError('R2Score', `output and target must be [n, ...], got ${formatShape(output.shape)}`);
    const samples = output.shape[0];
    const rows = (x: Tensor): Tensor => reshape(x, [samples, samples === 0 ? 0 : x.size / samples]);
    const saved = this.#saved;
    const first = (): Tensor =>
      saved === undefined
        ? mean(rows(target), 0)
        : tensor(saved.data, { shape: saved.shape, dtype: saved.dtype, backend: target.backend });
    this.#shift ??= withoutRecording(() => keep(runScope('metric', first)));
    const shift = this.#shift;
    this.#sums.add(() => {
      const shifted = sub(rows(target), shift);
      return stack([sum(square(sub(rows(output), rows(target))), 0), sum(shifted, 0), sum(square(shifted), 0)]);
    });
    this.#count += samples;
  }

  /** At most 1; NaN for fewer than two samples. */
  async compute(): Promise<number> {
    const count = this.#count;
    const sums = await this.#sums.read();
    if (sums === undefined || count < 2) return Number.NaN;
    const outputs = sums.length / 3;
    const scores = Array.from({ length: outputs }, (_, k) => {
      const [errors, shifted, squares] = [sums[k], sums[outputs + k], sums[2 * outputs + k]];
      const spread = squares - shifted ** 2 / count;
      if (spread > 0) return 1 - errors / spread;
      return errors === 0 ? 1 : 0;
    });
    return scores.reduce((total, score) => total + score, 0) / outputs;
  }

  /** Starts over. */
  reset(): void {
    this.#sums.reset();
    this.#shift?.dispose();
    this.#shift = undefined;
    this.#saved = undefined;
    this.#count = 0;
  }

  /** What it has gathered, to save. */
  async state(): Promise<MetricState> {
    const [count, at, saved] = [this.#count, this.#shift, this.#saved];
    const shift = at === undefined ? saved : { shape: at.shape, dtype: at.dtype, data: await at.data() };
    return { sums: await this.#sums.state(), shift, count };
  }

  /**
   * Takes over what {@link R2Score.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    const [sums, shift, count] = [
      tensorOf('R2Score', state, 'sums'),
      tensorOf('R2Score', state, 'shift'),
      numberOf('R2Score', state, 'count'),
    ];
    this.reset();
    this.#sums.restore(sums);
    this.#saved = shift;
    this.#count = count;
  }
}
