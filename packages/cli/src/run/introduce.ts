import { currentBackend } from '@dl/tensor';
import type { RunSettings } from '../recipes/settings.ts';
import type { PreparedRun } from './prepare.ts';
import type { Settled } from './settle.ts';
import { formatCount, plural, unitsOf } from './words.ts';

/** What a run by names is about to do, line by line. */
export function introduce({ settings, dataset, missing }: Settled, { model }: PreparedRun): string[] {
  const { train, validation, test, source, title, kind } = dataset;
  const parameters = model.parameters().reduce((sum, { size }) => sum + size, 0);
  const held = validation === undefined ? '' : `, ${formatCount(validation.size)} to validate with`;
  return [
    ...(missing.length === 0 ? [] : ['note     MNIST is not to be had, so the digits are drawn by the computer:']),
    ...missing.map((reason) => `         ${reason}`),
    `data     ${title}: ${source}`,
    `         ${formatCount(train.size)} ${unitsOf[kind]} to train on${held}, ${formatCount(test.size)} to test with`,
    `model    ${settings.model}, ${formatCount(parameters)} parameters`,
    `training ${inWords(settings)}`,
  ];
}

/** What computes, and what it is not. */
export function introduceBackend(): string[] {
  const { name, mode, threads, refused } = currentBackend().info();
  return [`backend  ${name} (${mode}, ${plural(threads, 'thread')})`, ...refused.map((reason) => `         without ${reason}`)];
}

function inWords(settings: RunSettings): string {
  const {
    epochs,
    batchSize,
    seed,
    optimizer,
    lr,
    schedule,
    augment,
    weightDecay,
    accumulate,
    clip,
    ema,
    labelSmoothing,
    earlyStopping,
  } = settings;
  const extras = [
    weightDecay > 0 && `weight decay ${weightDecay}`,
    labelSmoothing > 0 && `label smoothing ${labelSmoothing}`,
    augment !== 'none' && `images augmented (${augment})`,
    accumulate > 1 && `${accumulate} batches a step`,
    clip !== undefined && `gradients clipped at ${clip}`,
    ema !== undefined && `weights averaged (${ema})`,
    earlyStopping !== undefined && `at most until ${plural(earlyStopping, 'epoch')} without progress`,
  ].filter((extra) => extra !== false);
  const rate = schedule === 'none' ? `at ${lr}` : `from ${lr} (${schedule})`;
  return [`${plural(epochs, 'epoch')}, batches of ${batchSize}, seed ${seed}; ${optimizer} ${rate}`, ...extras].join(', ');
}
