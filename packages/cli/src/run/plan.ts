import { basename, resolve } from 'node:path';
import { type BackendName, Rng, useBackend } from '@dl/tensor';
import type { Say } from '../commands/context.ts';
import { loadConfig } from '../config/load-config.ts';
import type { RunSettings } from '../recipes/settings.ts';
import { introduce, introduceBackend } from './introduce.ts';
import { type PreparedRun, prepare } from './prepare.ts';
import { settle, type Wishes } from './settle.ts';
import { formatCount } from './words.ts';

/** A run by a config file of one's own. */
export interface ConfigPlan {
  /** The path of the file. */
  readonly config: string;
  readonly seed: number;
  readonly backend: BackendName;
  /** Instead of those of the file. */
  readonly epochs?: number | undefined;
}

/** All that is needed to make a run anew, as the manifest keeps it. */
export type RunPlan = RunSettings | ConfigPlan;

/** Whether a run is by a config file. */
export function isConfigPlan(plan: Wishes | RunPlan): plan is ConfigPlan {
  return 'config' in plan && typeof plan.config === 'string';
}

/** A run that can begin, and the plan without gaps. */
export interface PlannedRun {
  readonly plan: RunPlan;
  readonly run: PreparedRun;
}

/** Makes everything a plan names, on its backend, and says what it is. */
export async function planRun(plan: Wishes | RunPlan, say: Say): Promise<PlannedRun> {
  await useBackend(plan.backend ?? 'wasm');
  if (isConfigPlan(plan)) return planConfig(plan, say);
  const settled = await settle(plan, say);
  const run = prepare(settled.settings, settled.dataset);
  for (const line of [...introduce(settled, run), ...introduceBackend()]) say(line);
  return { plan: settled.settings, run };
}

async function planConfig(plan: ConfigPlan, say: Say): Promise<PlannedRun> {
  const config = resolve(plan.config);
  const make = await loadConfig(plan.config);
  const rng = new Rng(plan.seed);
  const made = await make({ seed: plan.seed, rng: rng.fork() });
  const definition = { title: basename(config), ...made, epochs: plan.epochs ?? made.epochs };
  const parameters = made.model.parameters().reduce((sum, { size }) => sum + size, 0);
  say(`config   ${config}`);
  say(`model    ${made.model.constructor.name}, ${formatCount(parameters)} parameters`);
  say(`training ${definition.epochs} epochs of ${formatCount(made.train.length)} batches, seed ${plan.seed}`);
  for (const line of introduceBackend()) say(line);
  return { plan: { ...plan, config }, run: { definition, rng, model: made.model, dataset: undefined } };
}
