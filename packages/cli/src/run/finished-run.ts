import { statSync } from 'node:fs';
import { readSafetensors } from '@dl/io';
import { loadStateDict } from '@dl/layers';
import type { RunManifest } from '@dl/train';
import type { Say } from '../commands/context.ts';
import { UsageError } from '../usage-error.ts';
import { readManifest } from './manifest.ts';
import { isConfigPlan, type PlannedRun, planFrom, planRun, type RunPlan } from './plan.ts';
import { RunFolder } from './run-folder.ts';
import type { Wishes } from './settle.ts';
import { weightsFile } from './weights-file.ts';

/** A run as it was, with the weights it came to. */
export interface FinishedRun extends PlannedRun {
  /** Undefined for weights of another origin. */
  readonly manifest: RunManifest | undefined;
}

/**
 * Makes the model of a run again, with its weights.
 *
 * @param path - the folder of the run, or a file of weights, which knows its run if `dl train` wrote it
 * @param wishes - what is to be otherwise, such as other data; and all that a file of weights does not know
 * @throws {@link UsageError} where nobody says what the weights are of
 */
export async function finishedRun(path: string, wishes: Wishes, say: Say): Promise<FinishedRun> {
  const file = weightsFile(path);
  if (!file.endsWith('.safetensors'))
    throw new UsageError(`weights must be in a .safetensors file, got ${file} (dl export writes one)`);
  const { tensors, metadata } = await readSafetensors(file);
  const manifest: RunManifest | undefined = statSync(path).isDirectory()
    ? await readManifest(RunFolder.open(path).file('manifest.json'))
    : metadata?.manifest && JSON.parse(metadata.manifest);
  if (manifest === undefined && (wishes.model === undefined || wishes.data === undefined)) {
    throw new UsageError(`${path} does not say what it is of: --model and --data must`);
  }
  const asked = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  const planned = await planRun({ ...(manifest && planOf(manifest, wishes)), ...asked }, say);
  loadStateDict(planned.run.model, tensors);
  return { ...planned, manifest };
}

/** The plan of a manifest; where other data are asked for, without what is about the files of its own. */
function planOf(manifest: RunManifest, { data }: Wishes): RunPlan {
  const plan = planFrom(manifest);
  if (data === undefined || isConfigPlan(plan)) return plan;
  const none = { files: undefined, testFiles: undefined, target: undefined, regression: undefined, imageSize: undefined };
  // Nothing is trained, so nothing is augmented: that may be for another kind of data.
  return { ...plan, ...none, limit: undefined, augment: 'none' };
}
