import type { HostTensor } from '@dl/kernels';
import type { ModelSummaryJson } from '@dl/layers';
import type { ParameterHistogram } from '../callbacks/parameter-histogram.ts';
import type { EpochResult } from '../history.ts';
import type { CalibrationBin } from '../metrics/calibration-bins.ts';
import type { Counts } from '../metrics/confusion-matrix.ts';
import type { Prediction } from '../metrics/predictions.ts';
import type { Pictures } from './pixels/pictures.ts';

/** Weights that a page shows as images; see {@link weightsSvg}. */
export interface ShownWeights {
  /** Of the parameter, as in a state dict. */
  readonly name: string;
  /** `[out, in, h, w]`, or `[out, in]` with `imageShape`. */
  readonly weight: HostTensor;
  /** `[c, h, w]` that a linear layer sees as a row of numbers. */
  readonly imageShape?: readonly [number, number, number] | undefined;
  /** What stands under each image, such as the class it is of. */
  readonly labels?: readonly string[] | undefined;
}

/** What a language model wrote. */
export interface TextSample {
  readonly text: string;
  /** What it was given to go on from. */
  readonly prompt?: string | undefined;
  /** What its scores were divided by. */
  readonly temperature?: number | undefined;
}

/** What {@link reportHtml} tells of a run, and {@link compareHtml} of several. Whatever is left out has no place on the page. */
export interface RunReport {
  readonly title: string;
  /** A line under the title: the model and its data. */
  readonly subtitle?: string | undefined;
  /** As {@link fit} returns it. */
  readonly history: readonly EpochResult[];
  /** What the data that {@link fit} evaluated on is called. Default `'validation'`. */
  readonly heldOut?: string | undefined;
  /** The epoch whose weights were kept. Default: that of the lowest loss on held-out data. */
  readonly best?: number | undefined;
  /** What {@link evaluate} found on data that training has not seen. Of its metrics, the numbers are shown. */
  readonly test?:
    | { readonly samples: number; readonly loss: number; readonly metrics: Readonly<Record<string, unknown>> }
    | undefined;
  /** Further figures to show on top, by name. */
  readonly figures?: Readonly<Record<string, number | string>> | undefined;
  /** What the classes are called. Default: their numbers. */
  readonly classNames?: readonly string[] | undefined;
  /** As {@link ConfusionMatrix} computes them. Default: counted from the predictions. */
  readonly confusion?: Counts | undefined;
  /** As {@link Predictions} computes them, of the test data. */
  readonly predictions?: readonly Prediction[] | undefined;
  /** The images that were predicted. */
  readonly pictures?: Pictures | undefined;
  /** As {@link ReliabilityDiagram} computes it. Default: from the predictions. */
  readonly calibration?: readonly CalibrationBin[] | undefined;
  readonly weights?: readonly ShownWeights[] | undefined;
  /** Of a language model: its loss is a mean over units in nats, and is also shown in bits and as perplexity. */
  readonly text?: { readonly unit: string; readonly samples: readonly TextSample[] } | undefined;
  /** As {@link histograms} collects them. */
  readonly histograms?: readonly ParameterHistogram[] | undefined;
  /** As {@link summary} of `@dl/layers` finds it out. */
  readonly summary?: ModelSummaryJson | undefined;
  /** A drawing of the model: the text of an SVG file. */
  readonly drawing?: string | undefined;
  /** What the run was made of: its configuration, versions, seed and data. Plain JSON. */
  readonly manifest?: object | undefined;
  /** What was not as it should be, such as a slower backend than was asked for. */
  readonly notes?: readonly string[] | undefined;
}

/** The epoch that a report calls the best; undefined without held-out data. */
export function bestEpoch({ best, history }: Pick<RunReport, 'best' | 'history'>): number | undefined {
  if (best !== undefined) return best;
  let lowest = Infinity;
  let epoch: number | undefined;
  for (const { epoch: number, validation } of history) {
    if (validation === undefined || !(validation.loss < lowest)) continue;
    lowest = validation.loss;
    epoch = number;
  }
  return epoch;
}
