import { ArgumentError, formatShape, ShapeError, sameShape } from '@dl/kernels';
import { alias, Parameter, runScope, Tensor, withoutRecording } from '@dl/tensor';
import { checkState, type OptimizerStateDict, packState, unpackState } from './optimizer-state.ts';
import type { Hyper, OptimizerState, UpdateRule } from './update-rule.ts';

/** Parameters with hyperparameters of their own; what a group does not name, it takes from the optimiser's options. */
export type ParameterGroup<H> = { readonly params: Iterable<Parameter> } & Partial<H>;

/** What an optimiser is made for: parameters, or groups of them. */
export type ParameterSource<H> = Iterable<Parameter> | Iterable<ParameterGroup<H>>;

interface Group<H> {
  readonly params: readonly Parameter[];
  hyper: H;
}

/**
 * Walks parameters with an {@link UpdateRule}: one class for every algorithm, which owns the memory of gradients and of what is
 * remembered. `new SGD(…)` and `new Adam(…)` are this class with their rule; a rule of your own takes one line.
 *
 * @example
 * const boundedRule: UpdateRule<Hyper, Record<string, never>> = {
 *   name: 'Bounded',
 *   check: () => {},
 *   update: (value, grad, _state, { lr }) => ({ value: sub(value, mul(tanh(grad), lr)), state: {} }),
 * };
 * const weight = new Parameter(tensor([1, 2]));
 * new Optimizer(boundedRule, [weight], { lr: 0.25 }).step(new Map([[weight, tensor([-99, 0])]]));
 * await weight.data() // Float32Array [1.25, 2]
 */
export class Optimizer<H extends Hyper, State extends OptimizerState> {
  readonly #rule: UpdateRule<H, State>;
  readonly #groups: readonly Group<H>[];
  readonly #states = new Map<Parameter, State>();

  /**
   * @param params - parameters, or groups of them with hyperparameters of their own
   * @param defaults - the hyperparameters of what no group says otherwise
   * @throws {@link ArgumentError} for a hyperparameter outside its domain, no parameter, or one given twice
   */
  constructor(rule: UpdateRule<H, State>, params: ParameterSource<H>, defaults: H) {
    this.#rule = rule;
    this.#groups = groupsOf(params, defaults);
    const all = this.#groups.flatMap((group) => group.params);
    if (all.length === 0) throw new ArgumentError(rule.name, 'there must be parameters to optimise, got none');
    if (new Set(all).size !== all.length) throw new ArgumentError(rule.name, 'parameters must be given once, got one twice');
    for (const { hyper } of this.#groups) rule.check(hyper);
  }

  /** The parameters, group by group. */
  get params(): readonly Parameter[] {
    return this.#groups.flatMap(({ params }) => params);
  }

  /** The hyperparameters of each group. */
  get hyper(): readonly H[] {
    return this.#groups.map(({ hyper }) => hyper);
  }

  /** The learning rate; of several groups, the first one's. Setting it sets every group's. */
  get lr(): number {
    return this.#groups[0].hyper.lr;
  }

  set lr(lr: number) {
    this.setLearningRates(this.#groups.map(() => lr));
  }

  /**
   * Sets the learning rate of each group, in their order.
   *
   * @throws {@link ArgumentError} unless there is one a group, none negative
   */
  setLearningRates(rates: readonly number[]): void {
    if (rates.length !== this.#groups.length) {
      throw new ArgumentError(this.#rule.name, `there must be ${this.#groups.length} learning rates, got ${rates.length}`);
    }
    this.setHyper(this.#groups.map(({ hyper }, i) => ({ ...hyper, lr: rates[i] })));
  }

  /**
   * Changes hyperparameters of each group, in their order; what a change does not name stays.
   *
   * @throws {@link ArgumentError} unless there is one change a group, and for a hyperparameter outside its domain; nothing has changed then
   */
  setHyper(changes: readonly Partial<H>[]): void {
    if (changes.length !== this.#groups.length) {
      throw new ArgumentError(this.#rule.name, `there must be ${this.#groups.length} changes, got ${changes.length}`);
    }
    const next = this.#groups.map(({ hyper }, i) => ({ ...hyper, ...changes[i] }));
    for (const hyper of next) this.#rule.check(hyper);
    next.forEach((hyper, i) => {
      this.#groups[i].hyper = hyper;
    });
  }

  /**
   * One step: changes each parameter by its gradient, and frees every gradient of the map. A parameter without one stays as it is.
   *
   * @param grads - what `valueAndGrad` returned
   * @throws {@link ShapeError} when a gradient has not its parameter's shape; nothing has changed then
   */
  step(grads: ReadonlyMap<Parameter, Tensor>): void {
    for (const [parameter, grad] of grads) {
      if (!sameShape(parameter.shape, grad.shape)) {
        throw new ShapeError(
          this.#rule.name,
          `a gradient must have its parameter's shape ${formatShape(parameter.shape)}, got ${formatShape(grad.shape)}`,
        );
      }
    }
    for (const { params, hyper } of this.#groups) {
      for (const parameter of params) {
        const grad = grads.get(parameter);
        if (grad !== undefined) this.#update(parameter, grad, hyper);
      }
    }
    for (const grad of grads.values()) grad.dispose();
  }

  /** Hyperparameters and what is remembered, to save; its tensors are the optimiser's own and live until the next step. */
  stateDict(): OptimizerStateDict<H, Tensor | number> {
    return { rule: this.#rule.name, hyper: this.hyper, state: packState(this.params, this.#states) };
  }

  /**
   * Takes over what {@link Optimizer.stateDict} gave, of this optimiser or of one made alike: the next step is then the one that the other
   * would have made, bit by bit.
   *
   * @throws {@link ArgumentError} listing everything that does not fit; nothing has changed then
   */
  loadStateDict(dict: OptimizerStateDict<H>): void {
    const { name } = this.#rule;
    if (dict.rule !== name) throw new ArgumentError(name, `the state must be of ${name}, got that of ${dict.rule}`);
    if (dict.hyper.length !== this.#groups.length) {
      throw new ArgumentError(name, `the state must have ${this.#groups.length} groups, got ${dict.hyper.length}`);
    }
    for (const hyper of dict.hyper) this.#rule.check(hyper);
    checkState(name, this.params, dict.state);
    runScope(`${name}.loadStateDict`, () => {
      const states = unpackState<State>(this.params, dict.state);
      for (const parameter of this.params) this.#remember(parameter, states.get(parameter) ?? {});
    });
    dict.hyper.forEach((hyper, i) => {
      this.#groups[i].hyper = hyper;
    });
  }

  #update(parameter: Parameter, grad: Tensor, hyper: H): void {
    withoutRecording(() =>
      runScope(`${this.#rule.name}.step`, () => {
        const { value, state } = this.#rule.update(parameter, grad, this.#states.get(parameter), hyper);
        parameter.assign(value);
        this.#remember(parameter, state);
      }),
    );
  }

  #remember(parameter: Parameter, state: Partial<State>): void {
    const kept = keepState(this.#states.get(parameter) ?? {}, state);
    if (Object.keys(kept).length > 0) this.#states.set(parameter, kept as State);
    else this.#states.delete(parameter);
  }
}

/** `next` with its tensors in parameters, which no scope frees: those of `last` where there are any. */
function keepState(last: OptimizerState, next: OptimizerState): OptimizerState {
  const kept: Record<string, Tensor | number> = {};
  for (const [name, entry] of Object.entries(next)) {
    if (entry === undefined) continue;
    const slot = last[name];
    if (entry instanceof Tensor && slot instanceof Parameter) slot.assign(entry);
    kept[name] = !(entry instanceof Tensor) ? entry : slot instanceof Parameter ? slot : new Parameter(alias(entry));
  }
  for (const [name, slot] of Object.entries(last)) if (slot instanceof Tensor && !(name in kept)) slot.dispose();
  return kept;
}

function groupsOf<H extends Hyper>(source: ParameterSource<H>, defaults: H): Group<H>[] {
  const items: (Parameter | ParameterGroup<H>)[] = [...source];
  if (items.every((item) => item instanceof Parameter)) return [{ params: items, hyper: defaults }];
  return items.flatMap((item) => (item instanceof Parameter ? [] : [groupOf(item, defaults)]));
}

function groupOf<H extends Hyper>({ params, ...own }: ParameterGroup<H>, defaults: H): Group<H> {
  return { params: [...params], hyper: { ...defaults, ...own } };
}
