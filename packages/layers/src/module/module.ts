import { Parameter } from '@dl/tensor';
import { guardForward } from './guard-forward.ts';
import { snakeCase } from './snake-case.ts';

/**
 * A part of a network: it owns parameters and other modules in public fields, and computes with them in `forward`.
 *
 * There is nothing to register, and no list or dictionary of modules to wrap them in. Fields that hold a {@link Parameter}, a `Module`, or an
 * array or a plain record of either are the module's members; a field `runningMean` is `running_mean` in state dicts, as in PyTorch, and keys of
 * records stay as they are. `forward` may take and return anything, but it must be a method and it
 * must not `await`; a module from one tensor to one tensor is a {@link Layer}.
 *
 * Outside a recording, what `forward` makes and does not return is freed when it returns. An error of an op inside names the module by its
 * path from the outermost one: `… in features.3 (Conv2d)`.
 *
 * @example
 * class Perceptron extends Module {
 *   readonly hidden = new Linear(4, 8);
 *   readonly output = new Linear(8, 2);
 *
 *   override forward(x: Tensor): Tensor {
 *     return this.output.forward(relu(this.hidden.forward(x)));
 *   }
 * }
 * [...new Perceptron().namedParameters().keys()] // ['hidden.weight', 'hidden.bias', 'output.weight', 'output.bias']
 */
export abstract class Module {
  constructor() {
    Object.defineProperty(this, 'forward', { value: guardForward(this, this.forward), configurable: true, writable: true });
  }

  /** What the module computes. Subclasses give it its own signature. */
  abstract forward(...inputs: never[]): unknown;

  /** The parameters and modules that this one holds itself, by the name they have in state dicts. */
  *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    for (const [field, value] of Object.entries(this)) yield* membersOf(snakeCase(field), value);
  }

  /** Names of its own members that a state dict may lack, because older files do: {@link loadStateDict} leaves those as they are. */
  optionalMembers(): readonly string[] {
    return [];
  }

  /** This module (named `''`) and all inside it, outermost first, each once. */
  namedModules(): Map<string, Module> {
    const named = new Map<string, Module>();
    collectModules(this, '', new Set(), named);
    return named;
  }

  /** This module and all inside it, outermost first, each once. */
  modules(): Module[] {
    return [...this.namedModules().values()];
  }

  /** Every parameter, trainable or not, by its dotted name; a shared one once, by its first name. */
  namedParameters(): Map<string, Parameter> {
    const named = new Map<string, Parameter>();
    const seen = new Set<Parameter>();
    for (const [path, module] of this.namedModules()) {
      for (const [name, member] of module.members()) {
        if (!(member instanceof Parameter) || seen.has(member)) continue;
        seen.add(member);
        named.set(joinPath(path, name), member);
      }
    }
    return named;
  }

  /** The trainable parameters, each once: what to differentiate by and what an optimiser takes. */
  parameters(): Parameter[] {
    return [...this.namedParameters().values()].filter(({ trainable }) => trainable);
  }
}

/** `features` and `3.weight` as `features.3.weight`. */
export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function* membersOf(name: string, value: unknown): Generator<readonly [string, Parameter | Module]> {
  if (value instanceof Parameter || value instanceof Module) yield [name, value];
  else if (Array.isArray(value) || isRecord(value)) {
    for (const [key, item] of Object.entries(value)) yield* membersOf(`${name}.${key}`, item);
  }
}

/** Whether it is a plain object: what a literal makes, and no instance of a class. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function collectModules(module: Module, path: string, seen: Set<Module>, into: Map<string, Module>): void {
  if (seen.has(module)) return;
  seen.add(module);
  into.set(path, module);
  for (const [name, member] of module.members()) {
    if (member instanceof Module) collectModules(member, joinPath(path, name), seen, into);
  }
}
