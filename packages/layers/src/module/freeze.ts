import { ArgumentError } from '@dl/kernels';
import type { Parameter } from '@dl/tensor';
import type { Module } from './module.ts';

/** What {@link freeze} froze: running statistics and what a program fixed by itself are not {@link unfreeze}'s to change. */
const frozen = new WeakSet<Parameter>();

/**
 * Makes parameters keep their values: they leave `model.parameters()`, so no gradient is computed by them and no optimiser made from it changes
 * them. Gradients still pass through to what lies before.
 *
 * Running statistics of a normalisation are no weights: they go on as long as its `forward` is called with `training: true`.
 *
 * @param model - any module, or a part of one: `freeze(model.features)`
 * @param prefixes - dotted names, each of a parameter or of a module with all inside it. Default: everything
 * @returns the names of what was trainable until now
 * @throws {@link ArgumentError} for a prefix that names nothing
 * @example
 * const model = new Sequential({ features: new Linear(4, 8), head: new Linear(8, 2) });
 * freeze(model, 'features') // ['features.weight', 'features.bias']
 * model.parameters().length // 2
 */
export function freeze(model: Module, ...prefixes: readonly string[]): string[] {
  return select('freeze', model, prefixes, ([, { trainable }]) => trainable).map(([name, parameter]) => {
    parameter.trainable = false;
    frozen.add(parameter);
    return name;
  });
}

/**
 * Undoes {@link freeze}, and that alone. An optimiser takes the parameters that it is given: make it after this.
 *
 * @param model - any module, or a part of one
 * @param prefixes - dotted names, each of a parameter or of a module with all inside it. Default: everything
 * @returns the names of what was frozen until now
 * @throws {@link ArgumentError} for a prefix that names nothing
 * @example
 * const model = new Sequential({ norm: new BatchNorm1d(4), head: new Linear(4, 2) });
 * freeze(model);
 * unfreeze(model, 'norm') // ['norm.weight', 'norm.bias']
 */
export function unfreeze(model: Module, ...prefixes: readonly string[]): string[] {
  return select('unfreeze', model, prefixes, ([, parameter]) => frozen.has(parameter)).map(([name, parameter]) => {
    parameter.trainable = true;
    frozen.delete(parameter);
    return name;
  });
}

type Named = readonly [name: string, parameter: Parameter];

function select(op: string, model: Module, prefixes: readonly string[], wanted: (named: Named) => boolean): Named[] {
  const named = [...model.namedParameters()];
  const covers = (prefix: string, name: string): boolean => name === prefix || name.startsWith(`${prefix}.`);
  const unknown = prefixes.find((prefix) => !named.some(([name]) => covers(prefix, name)));
  if (unknown !== undefined) {
    const names = named.map(([name]) => name).join(', ');
    throw new ArgumentError(op, `a prefix must name a parameter or a module, got '${unknown}' (the model has ${names})`);
  }
  const covered = named.filter(([name]) => prefixes.length === 0 || prefixes.some((prefix) => covers(prefix, name)));
  return covered.filter(wanted);
}
