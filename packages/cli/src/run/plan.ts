import { basename, resolve } from 'node:path';
import { FormatError } from '@dl/kernels';
import { type BackendName, Rng, useBackend } from '@dl/tensor';
import type { RunManifest } from '@dl/train';
import type { Say } from '../commands/context.ts';
import type { RunDefinition } from '../config/define-run.ts';
import { ConfigError, loadConfig } from '../config/load-config.ts';
import type { RunSettings } from '../recipes/settings.ts';
import { UsageError } from '../usage-error.ts';
import { introduce, introduceBackend } from './introduce.ts';
import { type PreparedRun, type PrepareOptions, prepare } from './prepare.ts';
import { settle, type Wishes } from './settle.ts';
import { formatCount, plural } from './words.ts';

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

/**
 * What a manifest was made by.
 *
 * @throws {@link FormatError} for the manifest of another program
 */
export function planFrom({ config }: RunManifest): RunPlan {
  if (isPlan(config)) return config;
  throw new FormatError('dl', 'the manifest must be of a run of dl train, got one with another config');
}

function isPlan(value: unknown): value is RunPlan {
  if (typeof value !== 'object' || value === null) return false;
  const has = (name: string): boolean => name in value && typeof Reflect.get(value, name) === 'string';
  return has('config') || (has('data') && has('model'));
}

/** A run that can begin, and the plan without gaps. */
export interface PlannedRun {
  readonly plan: RunPlan;
  readonly run: PreparedRun;
  /** What it is about to do, line by line. */
  readonly introduction: readonly string[];
}

/**
 * Makes everything a plan names, on its backend.
 *
 * @param say - is told what takes time
 * @throws {@link UsageError} for threads where a config file makes the loaders
 */
export async function planRun(plan: Wishes | RunPlan, say: Say, options: PrepareOptions = {}): Promise<PlannedRun> {
  await useBackend(plan.backend ?? 'wasm');
  if (isConfigPlan(plan)) {
    if (options.workers !== undefined) throw new UsageError(`--workers is for the config file ${plan.config} to decide`);
    return planConfig(plan);
  }
  const settled = await settle(plan, say);
  const run = prepare(settled.settings, settled.dataset, options);
  return { plan: settled.settings, run, introduction: [...introduce(settled, run), ...introduceBackend()] };
}

async function planConfig(plan: ConfigPlan): Promise<PlannedRun> {
  const config = resolve(plan.config);
  const make = await loadConfig(plan.config);
  const rng = new Rng(plan.seed);
  const made: RunDefinition | undefined = await make({ seed: plan.seed, rng: rng.fork() });
  if (made?.model === undefined || made.train === undefined)
    throw new ConfigError(plan.config, 'the run must have a model and data to train on, got none');
  const definition = { title: basename(config), ...made, epochs: plan.epochs ?? made.epochs };
  const parameters = made.model.parameters().reduce((sum, { size }) => sum + size, 0);
  return {
    plan: { ...plan, config },
    run: { definition, rng, model: made.model, dataset: undefined },
    introduction: [
      `config   ${config}`,
      `model    ${made.model.constructor.name}, ${formatCount(parameters)} parameters`,
      `training ${plural(definition.epochs, 'epoch')} of ${plural(made.train.length, 'batch', 'batches')}, seed ${plan.seed}`,
      ...introduceBackend(),
    ],
  };
}
