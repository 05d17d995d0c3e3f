import { formatShape, ShapeError } from '@dl/kernels';
import { alias, softmax, type Tensor } from '@dl/tensor';
import { binaryScores, isColumn } from './binary-scores.ts';
import { classTarget } from './class-target.ts';
import { DeviceRows } from './device-rows.ts';
import type { MetricState } from './metric.ts';

/** The scores of all samples on behalf of a metric that ranks them: one a sample, or one for each class. */
export class RankedScores {
  readonly #op: string;
  readonly #rows: DeviceRows<'scores' | 'truth'> = new DeviceRows(['scores', 'truth']);

  constructor(op: string) {
    this.#op = op;
  }

  /** Takes in scores `[n]` or `[n, 1]` and 0 or 1 for each, or logits `[n, c]` and class numbers. */
  add(output: Tensor, target: Tensor): void {
    const op = this.#op;
    const before = this.#rows.shapeOf('scores');
    this.#rows.add(() => {
      const rows = isColumn(output) ? binaryScores(op, output, target, undefined) : probabilities(op, output, target);
      if (before !== undefined && before[1] !== rows.scores.shape[1])
        throw new ShapeError(
          op,
          `batches must have the same classes, got ${formatShape(output.shape)} (${before[1] ?? 1} before)`,
        );
      return rows;
    });
  }

  /** The mean over the classes of what `fn` makes of each against the others, but for those of which it makes NaN. */
  async mean(fn: (scores: ArrayLike<number>, labels: ArrayLike<number>) => number): Promise<number> {
    const classes = this.#rows.shapeOf('scores')?.[1];
    const scores = (await this.#rows.read('scores'))?.data ?? [];
    const truth = Array.from((await this.#rows.read('truth'))?.data ?? []);
    if (classes === undefined) return fn(scores, truth);
    const figures = Array.from({ length: classes }, (_, k) =>
      fn(
        truth.map((_, i) => scores[i * classes + k]),
        truth.map((label) => (label === k ? 1 : 0)),
      ),
    ).filter((figure) => !Number.isNaN(figure));
    return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  }

  /** Back to nothing. */
  reset(): void {
    this.#rows.reset();
  }

  /** All rows, to save. */
  state(): Promise<MetricState> {
    return this.#rows.state();
  }

  /** Takes over what {@link RankedScores.state} gave. */
  restore(state: MetricState): void {
    this.#rows.restore(this.#op, state);
  }
}

function probabilities(op: string, output: Tensor, target: Tensor): { scores: Tensor; truth: Tensor } {
  if (output.rank !== 2) throw new ShapeError(op, `scores must be [n] or [n, c], got ${formatShape(output.shape)}`);
  return { scores: softmax(output, 1), truth: alias(classTarget(op, output, target)) };
}
