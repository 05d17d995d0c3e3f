import type { StepEvent } from './callback.ts';

/** What {@link StepLoss} knows of an epoch. */
export interface StepLossState {
  readonly epoch: number;
  readonly samples: number;
  readonly total: number;
}

/** The mean loss of the samples since it was last asked, from the means of the epoch so far: those are all that `fit` reads back. */
export class StepLoss {
  state: StepLossState = { epoch: 0, samples: 0, total: 0 };

  /** @param mean - of the epoch so far */
  next({ epoch, samples }: Pick<StepEvent, 'epoch' | 'samples'>, mean: number): number {
    const { samples: before, total: totalBefore } = epoch === this.state.epoch ? this.state : { samples: 0, total: 0 };
    const total = mean * samples;
    this.state = { epoch, samples, total };
    return (total - totalBefore) / (samples - before);
  }
}
