import type { HostTensor } from '@dl/kernels';
import { ArgumentError, formatShape, sameShape } from '@dl/kernels';
import { type Parameter, Tensor, tensor } from '@dl/tensor';
import type { Hyper, OptimizerState } from './update-rule.ts';

/** What an optimiser needs to go on where another stopped. */
export interface OptimizerStateDict<H extends Hyper, Entry = Tensor | HostTensor | number> {
  /** The name of the rule. */
  readonly rule: string;
  /** The hyperparameters of each group. */
  readonly hyper: readonly H[];
  /** What is remembered, by the parameter's place and the name in the rule's state: `'0.expAvg'`. */
  readonly state: ReadonlyMap<string, Entry>;
}

/** What an entry must have in common with its parameter. */
export type TensorSpec = Pick<Tensor, 'shape' | 'dtype' | 'backend'>;

/** The states of all parameters as one flat map. */
export function packState(
  params: readonly Parameter[],
  states: ReadonlyMap<Parameter, OptimizerState>,
): Map<string, Tensor | number> {
  const packed = new Map<string, Tensor | number>();
  for (const [i, parameter] of params.entries()) {
    for (const [name, entry] of Object.entries(states.get(parameter) ?? {})) {
      if (entry !== undefined) packed.set(`${i}.${name}`, entry);
    }
  }
  return packed;
}

/**
 * Refuses states that do not fit.
 *
 * @throws {@link ArgumentError} listing every entry that is of no parameter or has not its shape, dtype and backend
 */
export function checkState(op: string, params: readonly Parameter[], packed: OptimizerStateDict<Hyper>['state']): void {
  const problems = [...packed].flatMap(([key, entry]) => problemsOf(key, params[placeOf(key)], entry));
  if (problems.length > 0) throw new ArgumentError(op, `the state must fit the parameters, got ${problems.join('; ')}`);
}

/** The inverse of {@link packState}. */
export function unpackState<State extends OptimizerState>(
  params: readonly Parameter[],
  packed: OptimizerStateDict<Hyper>['state'],
): Map<Parameter, State> {
  const states = new Map<Parameter, Record<string, Tensor | number>>();
  for (const [key, entry] of packed) {
    const parameter = params[placeOf(key)];
    const state = states.get(parameter) ?? {};
    state[key.slice(key.indexOf('.') + 1)] = isOnHost(entry) ? upload(parameter, entry) : entry;
    states.set(parameter, state);
  }
  return states as Map<Parameter, State>;
}

/** Whether an entry of a state is on the host, as one that was read from a file. */
export function isOnHost(entry: Tensor | HostTensor | number): entry is HostTensor {
  return typeof entry !== 'number' && !(entry instanceof Tensor);
}

/** An entry from the host as a tensor beside its parameter. */
export function upload({ shape, dtype, backend }: TensorSpec, { data }: HostTensor): Tensor {
  return tensor(data, { shape, dtype, backend });
}

function placeOf(key: string): number {
  return Number(key.split('.', 1)[0]);
}

/** Why an entry cannot be remembered of a parameter, or of none. */
export function problemsOf(key: string, parameter: TensorSpec | undefined, entry: Tensor | HostTensor | number): string[] {
  if (parameter === undefined) return [`${key}, which is of no parameter`];
  if (typeof entry === 'number') return [];
  const problems: string[] = [];
  if (!sameShape(entry.shape, parameter.shape))
    problems.push(`${key} ${formatShape(entry.shape)} for ${formatShape(parameter.shape)}`);
  if (entry.dtype !== parameter.dtype) problems.push(`${key} ${entry.dtype} for ${parameter.dtype}`);
  if (entry instanceof Tensor && entry.backend !== parameter.backend) {
    problems.push(`${key} on ${entry.backend.name} for ${parameter.backend.name}`);
  }
  return problems;
}
