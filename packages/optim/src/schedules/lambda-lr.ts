import { LRScheduler, type Schedulable } from './lr-scheduler.ts';
import type { Schedule } from './schedule.ts';

/** Options of {@link LambdaLR}. */
export interface LambdaLROptions {
  /** A function of the step for all groups, or one a group. */
  readonly lrLambda: Schedule | readonly Schedule[];
}

/**
 * Any function of the step under its PyTorch name: {@link LRScheduler} itself. The function is not part of the state dict.
 *
 * @example
 * const optimizer = new SGD([new Parameter(tensor([1]))], { lr: 0.5 });
 * const scheduler = new LambdaLR(optimizer, { lrLambda: (step) => 0.5 ** step });
 * scheduler.step();
 * optimizer.lr // 0.25
 */
export class LambdaLR extends LRScheduler {
  /** @throws {@link ArgumentError} unless there are as many functions as groups */
  constructor(optimizer: Schedulable, { lrLambda }: LambdaLROptions) {
    super(optimizer, lrLambda);
  }
}
