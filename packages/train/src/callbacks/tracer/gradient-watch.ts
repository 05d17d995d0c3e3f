import { all, isFinite as isFiniteOp, mul, type Parameter, sum, type Tensor } from '@dl/tensor';
import { nonFinite, type Observation } from './finding.ts';
import type { Readings } from './readings.ts';

/** Which numbers of the next reading tell of a parameter. */
interface Asked {
  readonly name: string;
  readonly size: number;
  /** Not a bias or a scale: those say little of how gradients pass through layers. */
  readonly isMatrix: boolean;
  readonly weightFinite: number;
  readonly weightSquares: number;
  readonly gradientFinite: number;
  readonly gradientSquares: number;
}

/** Watches gradients, and the parameters that they are of. */
export class GradientWatch {
  readonly #readings: Readings;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  #asked: Asked[] = [];
  /** In how many looks one after the other the gradients of a parameter have been next to nothing. */
  readonly #vanishing: Map<string, number> = new Map();

  constructor(readings: Readings, parameters: ReadonlyMap<string, Parameter>) {
    this.#readings = readings;
    this.#parameters = parameters;
  }

  /** Takes in a step, before it is taken. */
  add(grads: ReadonlyMap<Parameter, Tensor>): void {
    const finite = (x: Tensor): number => this.#readings.add(() => all(isFiniteOp(x)));
    const squares = (x: Tensor): number => this.#readings.add(() => sum(mul(x, x)));
    for (const [name, parameter] of this.#parameters) {
      const gradient = grads.get(parameter);
      if (gradient === undefined) continue;
      this.#asked.push({
        name,
        size: parameter.size,
        isMatrix: parameter.rank > 1,
        weightFinite: finite(parameter),
        weightSquares: squares(parameter),
        gradientFinite: finite(gradient),
        gradientSquares: squares(gradient),
      });
    }
  }

  /** A parameter with NaN or infinity before the step. */
  badWeights(numbers: ArrayLike<number>): Observation | undefined {
    const bad = this.#asked.find(({ weightFinite }) => numbers[weightFinite] === 0);
    return bad && nonFinite('weights', bad.name, undefined);
  }

  /** The gradient that came to NaN or infinity first: those of the last layers are computed first. */
  badGradient(numbers: ArrayLike<number>): Observation | undefined {
    const bad = this.#asked.findLast(({ gradientFinite }) => numbers[gradientFinite] === 0);
    return bad && nonFinite('gradient', bad.name, undefined);
  }

  /** Layers whose gradients are too small or too large. */
  observe(numbers: ArrayLike<number>, { vanishing, exploding, looks }: GradientLimits): Observation[] {
    const layers = this.#asked.filter(({ isMatrix }) => isMatrix);
    this.#asked = [];
    const spread = layers.map(({ size, gradientSquares }) => Math.sqrt(numbers[gradientSquares] / size));
    const greatest = Math.max(...spread);
    return layers.flatMap(({ name, weightSquares, gradientSquares }, i) => {
      const ratio = Math.sqrt(numbers[gradientSquares] / numbers[weightSquares]);
      return [this.#vanishes(name, spread[i] / greatest, vanishing, looks), explodes(name, ratio, exploding)].filter(
        (observation) => observation !== undefined,
      );
    });
  }

  #vanishes(path: string, value: number, limit: number, looks: number): Observation | undefined {
    const times = value < limit ? (this.#vanishing.get(path) ?? 0) + 1 : 0;
    this.#vanishing.set(path, times);
    if (times < looks) return undefined;
    const message = `the gradients of ${path} are ${value.toExponential(0)} of the greatest of any layer, ${times} times in a row`;
    return { kind: 'vanishing', where: 'gradient', path, op: undefined, value, message };
  }
}

/** What {@link GradientWatch} finds wrong. */
export interface GradientLimits {
  /** Root mean square of a layer's gradients to the greatest of any layer. */
  readonly vanishing: number;
  /** Norm of a layer's gradients to that of its weights. */
  readonly exploding: number;
  /** How often in a row gradients are small before they have vanished. */
  readonly looks: number;
}

/** Weights that are all zero have no ratio. */
function explodes(path: string, value: number, limit: number): Observation | undefined {
  if (!(value > limit) || value === Number.POSITIVE_INFINITY) return undefined;
  const message = `the gradients of ${path} are ${value.toExponential(0)} times as large as its weights`;
  return { kind: 'exploding', where: 'gradient', path, op: undefined, value, message };
}
