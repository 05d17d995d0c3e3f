export type {
  Callback,
  EpochEvent,
  EpochStart,
  FitStart,
  GradientsEvent,
  PauseEvent,
  RunningFigures,
  StepEvent,
} from './callbacks/callback.ts';
export { type ClipGradientsOptions, clipGradients } from './callbacks/clip-gradients.ts';
export { csvLog } from './callbacks/csv-log.ts';
export { type EarlyStoppingOptions, earlyStopping } from './callbacks/early-stopping.ts';
export {
  type ExponentialMovingAverageOptions,
  exponentialMovingAverage,
} from './callbacks/exponential-moving-average.ts';
export { type HistogramsCallback, type HistogramsOptions, histograms } from './callbacks/histograms.ts';
export { type JsonLogOptions, jsonLog } from './callbacks/json-log.ts';
export { type Histogram, histogramOf, type ParameterHistogram } from './callbacks/parameter-histogram.ts';
export { type ProgressOptions, progress, type TextSink } from './callbacks/progress.ts';
export { type TensorBoardOptions, tensorBoard } from './callbacks/tensor-board.ts';
export type { Finding, FindingKind } from './callbacks/tracer/finding.ts';
export { type TracerCallback, type TracerOptions, tracer } from './callbacks/tracer/tracer.ts';
export { type CheckpointsOptions, checkpoints } from './checkpoints/checkpoints.ts';
export { decodeCheckpoint } from './checkpoints/decode-checkpoint.ts';
export { encodeCheckpoint } from './checkpoints/encode-checkpoint.ts';
export { type LatestCheckpoint, latestCheckpoint, type RefusedCheckpoint } from './checkpoints/latest-checkpoint.ts';
export { readCheckpoint } from './checkpoints/read-checkpoint.ts';
export type { StateTree } from './checkpoints/state-tree.ts';
export type { FiguresState, TrainingState } from './checkpoints/training-state.ts';
export { type EvaluateOptions, type Evaluation, evaluate, type Loss } from './evaluate.ts';
export { type FitOptions, fit } from './fit.ts';
export type { EpochResult, Figures, FitResult } from './history.ts';
export { loadWeights } from './load-weights.ts';
export type { LabelledBatch, Loader } from './loader.ts';
export { compareManifests, type ManifestDifference } from './manifest/compare-manifests.ts';
export {
  type DataManifest,
  type Json,
  type RunManifest,
  type RunManifestOptions,
  runManifest,
} from './manifest/run-manifest.ts';
export { weightsChecksum } from './manifest/weights-checksum.ts';
export { Accuracy } from './metrics/accuracy.ts';
export { ConfusionMatrix, type Counts } from './metrics/confusion-matrix.ts';
export type { Metric, MetricState, Metrics, MetricValues } from './metrics/metric.ts';
export { type Prediction, Predictions } from './metrics/predictions.ts';
export { RunningMean } from './metrics/running-mean.ts';
export { TopKAccuracy } from './metrics/top-k-accuracy.ts';
export { type ConfusionOptions, confusionSvg } from './reports/confusion-svg.ts';
export { type LearningCurveOptions, learningCurveSvg } from './reports/learning-curve-svg.ts';
export { type MistakesOptions, mistakesSvg } from './reports/mistakes-svg.ts';
export { saveWeights } from './save-weights.ts';
export type { Scheduler } from './scheduler.ts';
export type { Stepper } from './stepper.ts';
export { bucketHistogram } from './tensorboard/bucket-histogram.ts';
export { encodeEvents } from './tensorboard/encode-events.ts';
export type { BucketHistogram, EncodedImage, SummaryValue, TensorBoardEvent } from './tensorboard/event.ts';
export { EventWriter, type EventWriterOptions } from './tensorboard/event-writer.ts';
export { readEvents } from './tensorboard/read-events.ts';
export { type Throughput, type ThroughputOptions, throughput, throughputText } from './throughput.ts';
export { type UpdateBnOptions, updateBn } from './update-bn.ts';
