import { currentBackend } from '@dl/tensor';
import type { EpochResult, Figures, FitResult } from '@dl/train';
import type { Digits } from './digits.ts';
import type { Options } from './options.ts';
import type { Recipe } from './recipe.ts';

/** What {@link metricsJson} reports on. */
export interface RunReport {
  readonly options: Options;
  readonly digits: Digits;
  readonly recipe: Recipe;
  readonly result: FitResult;
  readonly tested: { readonly loss: number; readonly samples: number; readonly metrics: { readonly accuracy: number } };
}

/** The figures of a run as a JSON text. */
export function metricsJson({ options, digits, recipe, result, tested }: RunReport): string {
  const { seed, limit, out: _folder, ...config } = options;
  const backend = currentBackend();
  const report = {
    testAccuracy: tested.metrics.accuracy,
    testLoss: tested.loss,
    stepsPerSecond: result.stepsPerSecond,
    seed,
    config: { ...config, limit: limit ?? null, training: recipe.words },
    data: { name: digits.name, source: digits.train.source, train: result.history[0].samples, test: tested.samples },
    backend: { ...backend.info(), ...backend.stats() },
    parameters: recipe.model.parameters().reduce((sum, { size }) => sum + size, 0),
    steps: result.steps,
    epochs: result.history.map(epochRow),
    runtime: `node ${process.version} on ${process.platform} ${process.arch}`,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function epochRow({ epoch, lr, seconds, train, validation }: EpochResult): object {
  return { epoch, lr, seconds, train: row(train), validation: validation && row(validation) };
}

function row({ loss, metrics }: Figures): object {
  return { loss, ...metrics };
}
