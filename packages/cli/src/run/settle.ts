import type { NamedDataset } from '@dl/data';
import type { Say } from '../commands/context.ts';
import { defaultModel, textModel } from '../recipes/make-model.ts';
import { recipeFor } from '../recipes/recipe-for.ts';
import type { RunSettings } from '../recipes/settings.ts';
import { checkWishes } from './check-wishes.ts';
import { isText, loadData, loadDigits } from './load-data.ts';

/** What the command line asks for; the recipe says the rest. */
export type Wishes = Partial<RunSettings>;

/** Settings without a gap, and the data, which some of them depend on. */
export interface Settled {
  readonly settings: RunSettings;
  readonly dataset: NamedDataset;
  /** Why the data are not those that were hoped for. */
  readonly missing: readonly string[];
}

/** Fills in what was not asked for, by the recipe of the model and the data. */
export async function settle(wishes: Wishes, say: Say): Promise<Settled> {
  const asked = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Wishes;
  const fixed = { validation: 0.1, accumulate: 1, seed: 1, backend: 'wasm' as const };
  const complete = (data: string, model: string): RunSettings => ({ ...fixed, ...recipeFor(data, model), ...asked, data, model });
  if (asked.data !== undefined && isText(asked.data)) {
    const settings = complete(asked.data, asked.model ?? textModel);
    checkWishes(asked, { kind: 'text', name: asked.data });
    return { settings, dataset: await loadData(settings, say), missing: [] };
  }
  const first = complete(asked.data ?? 'mnist', asked.model ?? 'lenet');
  const { dataset, missing } =
    asked.data === undefined ? await loadDigits(first, say) : { dataset: await loadData(first, say), missing: [] };
  checkWishes(asked, dataset);
  return { settings: complete(dataset.name, asked.model ?? defaultModel(dataset)), dataset, missing };
}
