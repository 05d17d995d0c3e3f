import type { HostTensor } from '@dl/kernels';
import { formatShape, sameShape } from '@dl/kernels';
import { type Parameter, runScope, Tensor, tensor } from '@dl/tensor';
import type { Module } from './module.ts';
import { optionalNames, stateDict } from './state-dict.ts';
import { StateDictError, type StateDictProblems } from './state-dict-error.ts';

/** Options of {@link loadStateDict}. */
export interface LoadStateDictOptions {
  /** Whether missing and unexpected names are errors. A wrong shape or dtype always is. Default `true`. */
  readonly strict?: boolean | undefined;
}

/** The names that {@link loadStateDict} passed over where it was not strict. */
export type SkippedNames = Pick<StateDictProblems, 'missing' | 'unexpected'>;

/**
 * Gives a model the values of a state dict: of another model's {@link stateDict}, or of a file's tensors on the host. All or nothing: where
 * there is a problem, no parameter changes. What a module says may be missing (see {@link Module.optionalMembers}) keeps its value.
 *
 * @param model - any module
 * @param dict - by dotted PyTorch name
 * @returns the names passed over; both lists are empty where `strict`
 * @throws {@link StateDictError} listing every missing, unexpected, mis-shaped and mistyped entry
 * @example
 * const [trained, fresh] = [new Linear(2, 1), new Linear(2, 1)];
 * loadStateDict(fresh, stateDict(trained));
 * loadStateDict(fresh, new Map([['bias', tensor([7])]]), { strict: false }).missing // ['weight']
 * await fresh.bias!.data() // Float32Array [7]
 */
export function loadStateDict(
  model: Module,
  dict: ReadonlyMap<string, Tensor | HostTensor>,
  { strict = true }: LoadStateDictOptions = {},
): SkippedNames {
  const parameters = stateDict(model);
  const optional = new Set(optionalNames(model));
  const missing = [...parameters.keys()].filter((name) => !dict.has(name) && !optional.has(name));
  const unexpected = [...dict.keys()].filter((name) => !parameters.has(name));
  const pairs = [...parameters].flatMap(([name, parameter]) => {
    const value = dict.get(name);
    return value === undefined ? [] : [{ name, parameter, value }];
  });
  const mismatched = pairs.flatMap(({ name, parameter, value }) => mismatches(name, parameter, value));
  if (mismatched.length > 0 || (strict && missing.length + unexpected.length > 0)) {
    throw new StateDictError('loadStateDict', { missing, unexpected, mismatched });
  }
  for (const { parameter, value } of pairs) load(parameter, value);
  return { missing, unexpected };
}

function mismatches(name: string, parameter: Parameter, value: Tensor | HostTensor): string[] {
  const problems: string[] = [];
  if (!sameShape(value.shape, parameter.shape)) {
    problems.push(`${name}: shape must be ${formatShape(parameter.shape)}, got ${formatShape(value.shape)}`);
  }
  if (value.dtype !== parameter.dtype) problems.push(`${name}: dtype must be ${parameter.dtype}, got ${value.dtype}`);
  if (!(value instanceof Tensor)) {
    if (value.data.length !== parameter.size && problems.length === 0) {
      problems.push(`${name}: data must have ${parameter.size} elements, got ${value.data.length}`);
    }
  } else if (value.isDisposed) problems.push(`${name}: must not be disposed`);
  else if (value.backend !== parameter.backend) {
    problems.push(
      `${name}: backend must be ${parameter.backend.name}, got ${value.backend.name}: move it with await x.to(backend)`,
    );
  }
  return problems;
}

function load(parameter: Parameter, value: Tensor | HostTensor): void {
  runScope('loadStateDict', () => {
    const { shape, dtype, backend } = parameter;
    parameter.assign(value instanceof Tensor ? value : tensor(value.data, { shape, dtype, backend }));
  });
}
