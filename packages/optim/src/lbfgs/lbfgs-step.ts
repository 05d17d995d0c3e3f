import { abs, add, dot, max, mul, type Parameter, sub, sum, type Tensor } from '@dl/tensor';
import type { Hyper } from '../update-rule.ts';
import type { LinePoint } from './cubic-interpolate.ts';
import { directionOf } from './direction.ts';
import type { FlatParameters } from './flat-parameters.ts';
import { hold, read } from './hold.ts';
import { type LBFGSState, vectorsOf } from './lbfgs-state.ts';
import { strongWolfe } from './strong-wolfe.ts';

/** Hyperparameters of {@link LBFGS}. */
export interface LBFGSHyper extends Hyper {
  /** Iterations a step. */
  readonly maxIter: number;
  /** Evaluations a step, after which no iteration begins. */
  readonly maxEval: number;
  /** A step ends when no element of the gradient is larger. */
  readonly toleranceGrad: number;
  /** A step ends when the loss, or every weight, changes by less. */
  readonly toleranceChange: number;
  /** How many iterations are remembered, at two vectors as long as all weights each. */
  readonly historySize: number;
  /** How the length of an iteration is found; without, it is the learning rate. */
  readonly lineSearchFn: 'strongWolfe' | undefined;
}

/** What a step of {@link LBFGS} calls: loss and gradients at the weights as they are, as `valueAndGrad` returns them. */
export type LBFGSClosure = () => { readonly value: Tensor; readonly grads: ReadonlyMap<Parameter, Tensor> };

interface Evaluation {
  readonly loss: number;
  readonly grad: Tensor;
}

/** A place on the line that an iteration follows. */
interface Point extends LinePoint, Evaluation {}

/** What an iteration remembers before it has moved. */
type Turn = Omit<LBFGSState, 't' | 'funcEvals'>;

/** One step of {@link LBFGS}: its iterations, with everything they hold in memory. */
export class LBFGSStep {
  readonly #flat: FlatParameters;
  readonly #hyper: LBFGSHyper;
  readonly #closure: LBFGSClosure;
  readonly #held: Set<Tensor>;
  readonly #evalsBefore: number;
  #evals = 0;
  /** What the iterations so far remember. */
  state: LBFGSState | undefined;

  constructor(flat: FlatParameters, hyper: LBFGSHyper, closure: LBFGSClosure, state: LBFGSState | undefined) {
    this.#flat = flat;
    this.#hyper = hyper;
    this.#closure = closure;
    this.#held = new Set(vectorsOf(state));
    this.#evalsBefore = state?.funcEvals ?? 0;
    this.state = state;
  }

  /** @returns the loss at the first evaluation */
  async run(): Promise<number> {
    try {
      const first = await this.#evaluate();
      if (this.state !== undefined) this.#remember(this.state, this.state.t);
      await this.#iterate(first);
      return first.loss;
    } finally {
      this.#free();
    }
  }

  async #iterate(first: Evaluation): Promise<void> {
    const { maxIter, maxEval, toleranceGrad, toleranceChange } = this.#hyper;
    let { loss, grad } = first;
    for (let i = 1; (await largest(grad)) > toleranceGrad && i <= maxIter; i++) {
      const state = await this.#turn(loss, grad);
      const [slope, norm, reach] = await read(() => [dot(grad, state.d), sum(abs(grad)), max(abs(state.d))]);
      const rate = state.nIter === 1 ? Math.min(1, 1 / norm) * this.#hyper.lr : this.#hyper.lr;
      if (slope > -toleranceChange) {
        this.#remember(state, rate);
        return;
      }
      const isLast = i === maxIter;
      const next = await this.#follow({ t: 0, loss, slope, grad }, rate, state.d, reach, isLast);
      this.#remember(state, next.t);
      const isStuck = reach * next.t <= toleranceChange || Math.abs(next.loss - loss) < toleranceChange;
      ({ loss, grad } = next);
      this.#free(grad);
      if (isLast || this.#evals >= maxEval || isStuck) return;
    }
  }

  /** The next direction, with what the last iteration taught. */
  async #turn(loss: number, grad: Tensor): Promise<Turn> {
    const last = this.state;
    const now = { prevFlatGrad: grad, prevLoss: loss };
    if (last === undefined) {
      return { ...now, nIter: 1, hDiag: 1, corrections: [], d: this.#hold(() => directionOf(grad, [], 1)) };
    }
    const oldDir = this.#hold(() => sub(grad, last.prevFlatGrad));
    const oldStp = this.#hold(() => mul(last.d, last.t));
    const [ys, yy] = await read(() => [dot(oldDir, oldStp), dot(oldDir, oldDir)]);
    const isCurved = ys > 1e-10;
    const corrections = isCurved
      ? [...last.corrections, { oldDir, oldStp, ro: 1 / ys }].slice(-this.#hyper.historySize)
      : last.corrections;
    const hDiag = isCurved ? ys / yy : last.hDiag;
    const d = this.#hold(() => directionOf(grad, corrections, hDiag));
    return { ...now, nIter: last.nIter + 1, hDiag, corrections, d };
  }

  /** Moves the weights along the direction. */
  async #follow(start: Point, rate: number, d: Tensor, reach: number, isLast: boolean): Promise<Point> {
    const { lineSearchFn, toleranceChange } = this.#hyper;
    const from = this.#hold(() => this.#flat.values());
    const moveTo = (t: number): void => {
      const there = hold(() => add(from, mul(d, t)));
      this.#flat.assign(there);
      there.dispose();
    };
    try {
      if (lineSearchFn === undefined) {
        moveTo(rate);
        return isLast ? { ...start, t: rate } : { ...start, t: rate, ...(await this.#evaluate()) };
      }
      const evaluate = async (t: number): Promise<Point> => {
        moveTo(t);
        const { loss, grad } = await this.#evaluate();
        const [slope] = await read(() => [dot(grad, d)]);
        return { t, loss, slope, grad };
      };
      const found = await strongWolfe(start, rate, evaluate, { toleranceChange, directionNorm: reach });
      moveTo(found.t);
      return found;
    } catch (error) {
      this.#flat.assign(from);
      throw error;
    }
  }

  async #evaluate(): Promise<Evaluation> {
    const { value, grads } = this.#closure();
    const grad = this.#flat.gradient('LBFGS', grads);
    this.#held.add(grad);
    this.#evals++;
    const loss = await value.item();
    value.dispose();
    return { loss: Number(loss), grad };
  }

  #remember(turn: Turn, t: number): void {
    this.state = { ...turn, t, funcEvals: this.#evalsBefore + this.#evals };
  }

  #hold(fn: () => Tensor): Tensor {
    const x = hold(fn);
    this.#held.add(x);
    return x;
  }

  /** Frees everything but the state and what is named. */
  #free(...needed: readonly Tensor[]): void {
    const kept = new Set([...vectorsOf(this.state), ...needed]);
    for (const x of this.#held) {
      if (kept.has(x)) continue;
      x.dispose();
      this.#held.delete(x);
    }
  }
}

async function largest(grad: Tensor): Promise<number> {
  const [value] = await read(() => [max(abs(grad))]);
  return value;
}
