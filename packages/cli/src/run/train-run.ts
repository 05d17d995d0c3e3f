import type { DatasetKind } from '@dl/data';
import { CharLSTM } from '@dl/models';
import { currentBackend } from '@dl/tensor';
import {
  type Callback,
  checkpoints,
  clipGradients,
  csvLog,
  earlyStopping,
  exponentialMovingAverage,
  fit,
  jsonLog,
  latestCheckpoint,
  progress,
  type RunManifest,
  saveWeights,
  type TextSink,
  type TrainingState,
  tensorBoard,
  weightsChecksum,
} from '@dl/train';
import type { Say } from '../commands/context.ts';
import { factsOf } from './dataset-facts.ts';
import { isConfigPlan, type RunPlan } from './plan.ts';
import type { PreparedRun } from './prepare.ts';
import { reportOf } from './report-of.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunResult } from './run-result.ts';
import { testLine, testModel } from './test-model.ts';
import { plural, unitsOf } from './words.ts';
import { writePages } from './write-pages.ts';
import { type WrittenSample, writeSamples } from './write-samples.ts';

/** Where and how a prepared run is carried out. */
export interface TrainRunOptions {
  readonly folder: RunFolder;
  readonly plan: RunPlan;
  /** As it was when the run began. */
  readonly manifest: RunManifest;
  /** For the bar and the lines of the epochs. */
  readonly stream: TextSink;
  readonly say: Say;
  readonly signal: AbortSignal;
  /** Whether it goes on from its newest checkpoint. */
  readonly resumed: boolean;
  /** Steps from one checkpoint to the next, besides those after each epoch and each minute. */
  readonly checkpointSteps?: number | undefined;
}

/** Trains, looks at the test data once, and leaves the results in the folder. */
export async function trainRun(run: PreparedRun, options: TrainRunOptions): Promise<RunResult> {
  const { folder, say, signal, plan, manifest } = options;
  const { test, title = 'run', classNames, ...fitting } = run.definition;
  const resume = options.resumed ? await newestState(folder, say) : undefined;
  const callbacks = [...(fitting.callbacks ?? []), ...regularizers(plan), ...recorders(run, options)];
  const result = await fit({ ...fitting, rng: run.rng, signal, resume, callbacks });
  // Ctrl-C in the last validation: the newest checkpoint has all epochs, and the test is still to come.
  signal.throwIfAborted();
  const tested = test && (await testModel(run.model, test, { ...fitting, classNames }));
  const outcome: RunResult = {
    title,
    folder: folder.path,
    seed: plan.seed,
    parameters: run.model.parameters().reduce((sum, { size }) => sum + size, 0),
    steps: result.steps,
    stepsPerSecond: result.stepsPerSecond,
    epochs: result.history,
    test: tested && { loss: tested.loss, samples: tested.samples, metrics: tested.metrics },
    samples: await samplesOf(run, plan.seed),
    weights: await weightsChecksum(run.model),
    backend: { ...currentBackend().info(), ...currentBackend().stats() },
  };
  const complete = { ...manifest, weights: outcome.weights };
  await saveWeights(folder.file('weights.safetensors'), run.model, {
    manifest: JSON.stringify(complete),
    ...(run.dataset && { dataset: JSON.stringify(factsOf(run.dataset)) }),
  });
  await folder.write('manifest.json', `${JSON.stringify(complete, undefined, 2)}\n`);
  await writePages(folder, await reportOf(run, outcome, tested, complete));
  // Last: a folder with a result is complete.
  await folder.write('result.json', `${JSON.stringify(outcome, undefined, 2)}\n`);
  conclude(outcome, run.dataset?.kind).forEach(say);
  return outcome;
}

function regularizers(plan: RunPlan): Callback[] {
  if (isConfigPlan(plan)) return [];
  const { clip, ema, earlyStopping: patience } = plan;
  return [
    ...(clip === undefined ? [] : [clipGradients({ maxNorm: clip })]),
    ...(ema === undefined ? [] : [exponentialMovingAverage({ decay: ema })]),
    ...(patience === undefined ? [] : [earlyStopping({ patience })]),
  ];
}

function recorders({ dataset }: PreparedRun, { folder, stream, checkpointSteps }: TrainRunOptions): Callback[] {
  return [
    progress({ stream, unit: dataset === undefined ? 'samples' : unitsOf[dataset.kind] }),
    csvLog(folder.file('history.csv')),
    jsonLog(folder.file('metrics.jsonl')),
    tensorBoard(folder.path),
    checkpoints({
      directory: folder.file('checkpoints'),
      everyEpochs: 1,
      everySeconds: 60,
      everySteps: checkpointSteps,
      keep: 2,
    }),
  ];
}

async function newestState(folder: RunFolder, say: Say): Promise<TrainingState | undefined> {
  const { path, state, refused } = await latestCheckpoint(folder.file('checkpoints'));
  for (const { reason } of refused) say(`note     a checkpoint is not sound: ${reason}`);
  if (state === undefined) say('resume   there is no checkpoint yet: from the beginning');
  else say(`resume   ${path}: epoch ${state.epoch}, ${plural(state.globalStep, 'step')} done`);
  return state;
}

async function samplesOf({ model, dataset }: PreparedRun, seed: number): Promise<WrittenSample[] | undefined> {
  if (!(model instanceof CharLSTM) || dataset?.vocabulary === undefined) return undefined;
  return writeSamples(model, dataset.vocabulary, seed);
}

function conclude({ test, samples, folder }: RunResult, kind: DatasetKind | undefined): string[] {
  const sample = samples?.find(({ temperature }) => temperature === 0.8);
  return [
    ...(sample === undefined ? [] : ['', sample.text.trim(), '']),
    ...(test === undefined ? [] : [`test     ${testLine(test, kind)}`]),
    `results in ${folder}`,
  ];
}
