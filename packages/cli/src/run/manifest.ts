import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DataLoader, type Dataset } from '@dl/data';
import { FormatError } from '@dl/kernels';
import { compareManifests, type RunManifest, runManifest } from '@dl/train';
import { UsageError } from '../usage-error.ts';
import type { RunPlan } from './plan.ts';
import type { PreparedRun } from './prepare.ts';

/** The record of a run that is about to begin. */
export function manifestOf(plan: RunPlan, { definition }: PreparedRun): Promise<RunManifest> {
  const data: Record<string, Dataset<unknown>> = {};
  for (const part of ['train', 'validation', 'test'] as const) {
    const loader = definition[part];
    // What a loader of another kind loads is not known.
    if (loader instanceof DataLoader) data[part] = loader.dataset;
  }
  return runManifest({ config: plan, seed: plan.seed, data });
}

/**
 * Reads a manifest that a run left.
 *
 * @throws {@link UsageError} where there is none
 * @throws {@link FormatError} when the file is something else
 */
export async function readManifest(path: string): Promise<RunManifest> {
  if (!existsSync(path)) throw new UsageError(`there is no manifest ${path}`);
  const text = await readFile(path, 'utf8');
  const manifest = parse(text);
  if (isManifest(manifest)) return manifest;
  throw new FormatError('dl', `a manifest must be one of a run, got ${JSON.stringify(text.slice(0, 40))}`).within(path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is RunManifest {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'dl-run-manifest-1';
}

/** What may give other bits than the run of an earlier manifest had, line by line. */
export function differences(before: RunManifest, now: RunManifest): string[] {
  return compareManifests({ ...before, weights: undefined }, now)
    .filter(({ bits }) => bits !== 'same')
    .map(({ path, before: was, now: is, bits, because }) => {
      return `note     ${path} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}: ${bits} bits, for ${because}`;
    });
}
