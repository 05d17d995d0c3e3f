import { valueAndGrad } from '@dl/autograd';
import { Adadelta, Adagrad, type Hyper, type Optimizer, type OptimizerState, RMSprop, SGD } from '@dl/optim';
import { add, mul, Parameter, pow, slice, square, sub, type Tensor, tensor } from '@dl/tensor';

/** A place on the surface. */
export type Place = readonly [x: number, y: number];

/** An optimiser's way down. */
export interface Racer {
  readonly name: string;
  /** Where it was before the first step, after it, after the second …. */
  readonly path: readonly Place[];
}

/** Where the race starts. */
export const start: Place = [1, 1.5];

/** The minimum, where {@link beale} is 0. */
export const goal: Place = [3, 0.5];

/**
 * Beale's function, $(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2$: a steep wall, then a long, flat valley that bends.
 *
 * @param place - `[2]`
 * @returns a scalar
 */
export function beale(place: Tensor): Tensor {
  const [x, y] = [slice(place, [0]), slice(place, [1])];
  const term = (constant: number, power: number): Tensor => square(add(sub(constant, x), mul(x, pow(y, power))));
  return add(add(term(1.5, 1), term(2.25, 2)), term(2.625, 3));
}

type Make = (place: Parameter) => Optimizer<Hyper, OptimizerState>;

/** The six of Alec Radford's animation; each has a rate at which it gets on. */
const starters: Readonly<Record<string, Make>> = {
  SGD: (place) => new SGD([place], { lr: 0.002 }),
  Momentum: (place) => new SGD([place], { lr: 0.002, momentum: 0.9 }),
  NAG: (place) => new SGD([place], { lr: 0.002, momentum: 0.9, nesterov: true }),
  Adagrad: (place) => new Adagrad([place], { lr: 0.4 }),
  Adadelta: (place) => new Adadelta([place], { eps: 1e-4 }),
  RMSprop: (place) => new RMSprop([place], { lr: 0.025 }),
};

/** Runs the six optimisers down {@link beale} from the same place. */
export async function optimiserRace(steps = 200): Promise<Racer[]> {
  return Promise.all(Object.entries(starters).map(async ([name, make]) => ({ name, path: await run(make, steps) })));
}

async function run(make: Make, steps: number): Promise<Place[]> {
  const place = new Parameter(tensor([...start]));
  const optimizer = make(place);
  const path: Place[] = [start];
  for (let step = 0; step < steps; step++) {
    const { value, grads } = valueAndGrad(() => beale(place), [place]);
    value.dispose();
    optimizer.step(grads);
    const [x, y] = await place.data();
    path.push([Number(x), Number(y)]);
  }
  return path;
}
