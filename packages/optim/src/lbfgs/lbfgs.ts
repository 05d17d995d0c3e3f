import { ArgumentError } from '@dl/kernels';
import type { Parameter, Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { OptimizerStateDict } from '../optimizer-state.ts';
import { FlatParameters } from './flat-parameters.ts';
import { type LBFGSState, packLBFGS, unpackLBFGS, vectorsOf } from './lbfgs-state.ts';
import { type LBFGSClosure, type LBFGSHyper, LBFGSStep } from './lbfgs-step.ts';

/**
 * Limited-memory BFGS: Newton's method with an inverse Hessian learnt from the last gradients. For full batches and few weights, where it takes
 * far fewer evaluations than descent; noise misleads it.
 *
 * A step evaluates the loss several times, so it takes a closure, and it decides by numbers it reads back, so it returns a promise. All
 * weights are one vector: there are no groups.
 *
 * @example
 * const x = new Parameter(tensor(0));
 * const optimizer = new LBFGS([x], { lineSearchFn: 'strongWolfe' });
 * await optimizer.step(() => valueAndGrad(() => x.square().sub(x.mul(5)).add(2), [x]));
 * await x.item() // 2.5
 * @see Liu & Nocedal, On the limited memory BFGS method for large scale optimization, 1989
 */
export class LBFGS {
  readonly #flat: FlatParameters;
  #hyper: LBFGSHyper;
  #state: LBFGSState | undefined;

  /**
   * @param options - defaults: `lr` 1, `maxIter` 20, `maxEval` 5/4 of `maxIter`, `toleranceGrad` 1e-7, `toleranceChange` 1e-9, `historySize` 100,
   * `lineSearchFn` none
   * @throws {@link ArgumentError} for an option outside its domain, and for parameters of several dtypes or backends
   */
  constructor(params: Iterable<Parameter>, options: Partial<LBFGSHyper> = {}) {
    this.#flat = new FlatParameters('LBFGS', [...params]);
    const { maxIter = 20 } = options;
    this.#hyper = {
      lr: 1,
      maxIter,
      maxEval: Math.floor((maxIter * 5) / 4),
      toleranceGrad: 1e-7,
      toleranceChange: 1e-9,
      historySize: 100,
      lineSearchFn: undefined,
      ...options,
    };
    checkLBFGS(this.#hyper);
  }

  /** The parameters. */
  get params(): readonly Parameter[] {
    return this.#flat.params;
  }

  /** The hyperparameters, of one group. */
  get hyper(): readonly LBFGSHyper[] {
    return [this.#hyper];
  }

  /** The learning rate: the length of an iteration, or the length that the line search tries first. */
  get lr(): number {
    return this.#hyper.lr;
  }

  set lr(lr: number) {
    this.setHyper([{ lr }]);
  }

  /**
   * Changes hyperparameters; what the change does not name stays.
   *
   * @throws {@link ArgumentError} unless there is one change, and for a hyperparameter outside its domain; nothing has changed then
   */
  setHyper(changes: readonly Partial<LBFGSHyper>[]): void {
    if (changes.length !== 1) throw new ArgumentError('LBFGS', `there must be 1 changes, got ${changes.length}`);
    const next = { ...this.#hyper, ...changes[0] };
    checkLBFGS(next);
    this.#hyper = next;
  }

  /**
   * Up to `maxIter` iterations. Await it before the next.
   *
   * @param closure - is called several times, with the weights moved; what it returns is freed
   * @returns the loss at the weights as they were
   * @throws what the closure throws, or {@link ShapeError} for a gradient of another shape; the weights are then where the last iteration left
   * them
   */
  async step(closure: LBFGSClosure): Promise<number> {
    const step = new LBFGSStep(this.#flat, this.#hyper, closure, this.#state);
    try {
      return await step.run();
    } finally {
      this.#state = step.state;
    }
  }

  /** Hyperparameters and what is remembered, to save; its tensors are the optimiser's own and live until the next step. */
  stateDict(): OptimizerStateDict<LBFGSHyper, Tensor | number> {
    return { rule: 'LBFGS', hyper: this.hyper, state: this.#state === undefined ? new Map() : packLBFGS(this.#state) };
  }

  /**
   * Takes over what {@link LBFGS.stateDict} gave: the next step is then the one that the other would have made, bit by bit.
   *
   * @throws {@link ArgumentError} listing everything that does not fit; nothing has changed then
   */
  loadStateDict({ rule, hyper, state }: OptimizerStateDict<LBFGSHyper>): void {
    if (rule !== 'LBFGS') throw new ArgumentError('LBFGS', `the state must be of LBFGS, got that of ${rule}`);
    if (hyper.length !== 1) throw new ArgumentError('LBFGS', `the state must have 1 groups, got ${hyper.length}`);
    checkLBFGS(hyper[0]);
    const next = state.size === 0 ? undefined : unpackLBFGS(state, this.#flat.spec);
    for (const vector of vectorsOf(this.#state)) vector.dispose();
    this.#state = next;
    this.#hyper = hyper[0];
  }
}

function checkLBFGS(hyper: LBFGSHyper): void {
  for (const name of ['lr', 'toleranceGrad', 'toleranceChange'] as const) checkNotNegative('LBFGS', name, hyper[name]);
  for (const name of ['maxIter', 'maxEval', 'historySize'] as const) {
    if (!Number.isInteger(hyper[name]) || hyper[name] < 1) {
      throw new ArgumentError('LBFGS', `${name} must be a positive integer, got ${hyper[name]}`);
    }
  }
  const { lineSearchFn } = hyper;
  if (lineSearchFn !== undefined && lineSearchFn !== 'strongWolfe') {
    throw new ArgumentError('LBFGS', `lineSearchFn must be 'strongWolfe' or undefined, got ${lineSearchFn}`);
  }
}
