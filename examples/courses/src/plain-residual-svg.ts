import { curvesSvg, type EpochResult } from '@dl/train';
import { type LearntNetwork, plainAndResidual } from './plain-residual.ts';

/** Errors of plain and residual networks of two depths, epoch by epoch. */
export async function plainResidualSvg(): Promise<string> {
  const runs = plainAndResidual.map((network) => ({ name: network.name, history: historyOf(network) }));
  return curvesSvg(runs, { figure: 'accuracy', error: true, title: 'Plain and residual networks on 5,000 images of CIFAR-10' });
}

function historyOf({ training, validation }: LearntNetwork): Pick<EpochResult, 'epoch' | 'train' | 'validation'>[] {
  return training.map((accuracy, i) => ({
    epoch: i + 1,
    train: { loss: NaN, metrics: { accuracy } },
    validation: { loss: NaN, metrics: { accuracy: validation[i] } },
  }));
}
