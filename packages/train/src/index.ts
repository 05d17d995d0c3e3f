export { type Corner, cropView } from './augmented/crop-view.ts';
export { fiveCrop } from './augmented/five-crop.ts';
export { flipView } from './augmented/flip-view.ts';
export { identityView } from './augmented/identity-view.ts';
export { type ShiftViewOptions, shiftView } from './augmented/shift-view.ts';
export { tenCrop } from './augmented/ten-crop.ts';
export { TestTimeAugmentation, type TestTimeAugmentationOptions } from './augmented/test-time-augmentation.ts';
export type { View } from './augmented/view.ts';
export { fitTemperature } from './calibration/fit-temperature.ts';
export { TemperatureScaling } from './calibration/temperature-scaling.ts';
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
export { type Classification, classify } from './classify.ts';
export type { Combine } from './ensembles/combine.ts';
export { Ensemble, type EnsembleOptions } from './ensembles/ensemble.ts';
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
export { AUROC } from './metrics/auroc.ts';
export { AveragePrecision } from './metrics/average-precision.ts';
export { BalancedAccuracy } from './metrics/balanced-accuracy.ts';
export { BrierScore } from './metrics/brier-score.ts';
export type { CalibrationBin, CalibrationOptions } from './metrics/calibration-bins.ts';
export { CalibrationError, type CalibrationErrorOptions } from './metrics/calibration-error.ts';
export type { Average, AverageOptions } from './metrics/class-figures.ts';
export { type ClassFigures, ClassificationReport, type ClassificationReportOptions } from './metrics/classification-report.ts';
export { CohenKappa, type CohenKappaOptions } from './metrics/cohen-kappa.ts';
export { ConfusionMatrix, type Counts } from './metrics/confusion-matrix.ts';
export { ConfusionMetric } from './metrics/confusion-metric.ts';
export { CrossEntropy, type CrossEntropyOptions } from './metrics/cross-entropy.ts';
export { F1Score } from './metrics/f1-score.ts';
export { MatthewsCorrCoef } from './metrics/matthews-corr-coef.ts';
export { MeanAbsoluteError } from './metrics/mean-absolute-error.ts';
export { MeanSquaredError } from './metrics/mean-squared-error.ts';
export type { Metric, MetricState, Metrics, MetricValues } from './metrics/metric.ts';
export { Perplexity, type PerplexityOptions } from './metrics/perplexity.ts';
export { Precision } from './metrics/precision.ts';
export { type Prediction, Predictions } from './metrics/predictions.ts';
export { R2Score } from './metrics/r2-score.ts';
export { Recall } from './metrics/recall.ts';
export { ReliabilityDiagram } from './metrics/reliability-diagram.ts';
export { type Roc, roc } from './metrics/roc.ts';
export { RocCurve, type RocCurveOptions } from './metrics/roc-curve.ts';
export { RunningMean } from './metrics/running-mean.ts';
export { TopKAccuracy } from './metrics/top-k-accuracy.ts';
export { TopKError } from './metrics/top-k-error.ts';
export { type InputLoader, predict } from './predict.ts';
export { type RecipeOptions, recipe } from './recipe/recipe.ts';
export { type RecipeNetworkOptions, recipeNetwork } from './recipe/recipe-network.ts';
export type { RecipeParameters, RecipeReport } from './recipe/recipe-report.ts';
export { type CalibrationSvgOptions, calibrationSvg } from './reports/calibration-svg.ts';
export { type CompareOptions, compareHtml } from './reports/compare-html.ts';
export { type ConfusionOptions, confusionSvg } from './reports/confusion-svg.ts';
export { type CurvesOptions, curvesSvg, type NamedHistory } from './reports/curves-svg.ts';
export { type LearningCurveOptions, learningCurveSvg } from './reports/learning-curve-svg.ts';
export { type MistakesOptions, mistakesSvg } from './reports/mistakes-svg.ts';
export type { Pictures } from './reports/pixels/pictures.ts';
export { reportHtml } from './reports/report-html.ts';
export { type RocSvgOptions, rocSvg } from './reports/roc-svg.ts';
export type { RunReport, ShownWeights, TextSample } from './reports/run-report.ts';
export { type WeightsOptions, weightsSvg } from './reports/weights-svg.ts';
export { worstMistakes } from './reports/worst-mistakes.ts';
export { writeReport } from './reports/write-report.ts';
export { saveWeights } from './save-weights.ts';
export type { Scheduler } from './scheduler.ts';
export { type GridSearchOptions, gridSearch } from './search/grid-search.ts';
export { type RandomSearchOptions, randomSearch } from './search/random-search.ts';
export { type SearchSvgOptions, searchSvg } from './search/search-svg.ts';
export * as space from './search/space/index.ts';
export { type SuccessiveHalvingOptions, successiveHalving } from './search/successive-halving.ts';
export type { SearchData, SearchOptions, SearchResult, SearchSpace, Trial, TrialContext } from './search/trial.ts';
export type { Stepper } from './stepper.ts';
export { bucketHistogram } from './tensorboard/bucket-histogram.ts';
export { encodeEvents } from './tensorboard/encode-events.ts';
export type { BucketHistogram, EncodedImage, SummaryValue, TensorBoardEvent } from './tensorboard/event.ts';
export { EventWriter, type EventWriterOptions } from './tensorboard/event-writer.ts';
export { readEvents } from './tensorboard/read-events.ts';
export { type Throughput, type ThroughputOptions, throughput, throughputText } from './throughput.ts';
export { type UpdateBnOptions, updateBn } from './update-bn.ts';
