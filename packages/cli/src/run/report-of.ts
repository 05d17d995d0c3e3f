import type { HostTensor } from '@dl/kernels';
import { stateDict, summary } from '@dl/layers';
import { type Prediction, type RunReport, type ShownWeights, worstMistakes } from '@dl/train';
import type { PreparedRun } from './prepare.ts';
import type { RunResult } from './run-result.ts';
import type { Tested } from './test-model.ts';

/** What a page tells of a run. */
export async function reportOf(
  run: PreparedRun,
  { title, epochs, test, samples }: RunResult,
  tested: Tested | undefined,
  manifest: object | undefined,
): Promise<RunReport> {
  const { definition, dataset } = run;
  return {
    title,
    subtitle: dataset && `${dataset.title}: ${dataset.source}`,
    history: epochs,
    test,
    classNames: definition.classNames,
    confusion: tested?.confusion,
    predictions: tested?.predictions,
    pictures: await picturesOf(run, tested?.predictions),
    weights: await shownWeights(run),
    text: samples && { unit: 'character', samples },
    summary:
      dataset &&
      summary(run.model, [1, ...dataset.inputShape], { dtype: dataset.kind === 'text' ? 'int32' : 'float32' }).toJSON(),
    manifest,
  };
}

/** The images of the worst mistakes, as bytes again. */
async function picturesOf(
  { dataset }: PreparedRun,
  predictions: readonly Prediction[] | undefined,
): Promise<Map<number, HostTensor> | undefined> {
  if (dataset?.kind !== 'images' || predictions === undefined) return undefined;
  const { mean, std } = dataset.normalization ?? { mean: 0, std: 1 };
  const of = (value: number | readonly number[], channel: number): number => (typeof value === 'number' ? value : value[channel]);
  const entries = worstMistakes(predictions).map(async ({ index }) => {
    const { shape, data } = (await dataset.test.get(index)).x;
    const plane = data.length / shape[0];
    const byteOf = (value: number, i: number): number => {
      const channel = Math.floor(i / plane);
      return Math.round(255 * (value * of(std, channel) + of(mean, channel)));
    };
    return [index, { shape, dtype: 'uint8', data: Uint8Array.from(data, byteOf) }] as const;
  });
  return new Map<number, HostTensor>(await Promise.all(entries));
}

/** The first weights that look at pixels, where they can be shown as images. */
async function shownWeights({ model, dataset }: PreparedRun): Promise<ShownWeights[] | undefined> {
  if (dataset?.kind !== 'images') return undefined;
  const [channels, height, width] = dataset.inputShape;
  for (const [name, parameter] of stateDict(model)) {
    const { shape, dtype } = parameter;
    const isKernel = shape.length === 4 && shape[1] === channels && (channels === 1 || channels === 3);
    const isRow = shape.length === 2 && shape[1] === channels * height * width && shape[0] <= 64;
    if (!isKernel && !isRow) continue;
    const weight = { shape, dtype, data: await parameter.data() };
    if (isKernel) return [{ name, weight }];
    const labels = shape[0] === dataset.classNames.length ? dataset.classNames : undefined;
    return [{ name, weight, imageShape: [channels, height, width], labels }];
  }
  return undefined;
}
