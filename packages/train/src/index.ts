export type {
  Callback,
  EpochEvent,
  EpochStart,
  FitStart,
  GradientsEvent,
  RunningFigures,
  StepEvent,
} from './callbacks/callback.ts';
export { type ProgressOptions, progress, type TextSink } from './callbacks/progress.ts';
export { type EvaluateOptions, type Evaluation, evaluate, type Loss } from './evaluate.ts';
export { type FitOptions, fit } from './fit.ts';
export type { EpochResult, Figures, FitResult } from './history.ts';
export { loadWeights } from './load-weights.ts';
export type { LabelledBatch, Loader } from './loader.ts';
export { Accuracy } from './metrics/accuracy.ts';
export { ConfusionMatrix, type Counts } from './metrics/confusion-matrix.ts';
export type { Metric, Metrics, MetricValues } from './metrics/metric.ts';
export { type Prediction, Predictions } from './metrics/predictions.ts';
export { RunningMean } from './metrics/running-mean.ts';
export { TopKAccuracy } from './metrics/top-k-accuracy.ts';
export { type ConfusionOptions, confusionSvg } from './reports/confusion-svg.ts';
export { type LearningCurveOptions, learningCurveSvg } from './reports/learning-curve-svg.ts';
export { type MistakesOptions, mistakesSvg } from './reports/mistakes-svg.ts';
export { saveWeights } from './save-weights.ts';
export type { Stepper } from './stepper.ts';
export { type UpdateBnOptions, updateBn } from './update-bn.ts';
