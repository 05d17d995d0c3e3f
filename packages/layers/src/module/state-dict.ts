import { Parameter } from '@dl/tensor';
import { joinPath, type Module } from './module.ts';

/**
 * Every parameter of a model, trainable or not, under its dotted PyTorch name; one that is shared appears under each of its names. The
 * parameters are the model's own: read them, or write them to a file, before they change.
 *
 * @param model - any module
 * @returns in the order of the fields
 * @example
 * const model = new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1, { bias: false }));
 * [...stateDict(model).keys()] // ['0.weight', '0.bias', '2.weight']
 */
export function stateDict(model: Module): Map<string, Parameter> {
  const dict = new Map<string, Parameter>();
  collect(model, '', dict);
  return dict;
}

function collect(module: Module, path: string, into: Map<string, Parameter>): void {
  for (const [name, member] of module.members()) {
    if (member instanceof Parameter) into.set(joinPath(path, name), member);
    else collect(member, joinPath(path, name), into);
  }
}

/** The names in {@link stateDict} that may be missing where one is loaded. */
export function optionalNames(model: Module, path = ''): string[] {
  const own = model.optionalMembers().map((name) => joinPath(path, name));
  const inner = [...model.members()].flatMap(([name, member]) =>
    member instanceof Parameter ? [] : optionalNames(member, joinPath(path, name)),
  );
  return [...own, ...inner];
}
