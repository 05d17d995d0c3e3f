import type { BatchPlan } from '../make-batch.ts';
import type { Failure } from './failure.ts';
import type { Recipe } from './recipe.ts';

/** What a worker is told first: what to make batches of. */
export interface Opening {
  readonly dataset: Recipe | undefined;
  readonly collate: Recipe | undefined;
  readonly transform: Recipe | undefined;
  /** For the function that `serveBatches` was given. */
  readonly options: unknown;
}

/** From the loader to a worker. */
export type Order = { readonly opening: Opening } | { readonly id: number; readonly plan: BatchPlan };

/** From a worker to the loader. */
export type Answer = { readonly id: number } & ({ readonly batch: unknown } | { readonly failure: Failure });
