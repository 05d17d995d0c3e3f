import { valueAndGrad } from '@dl/autograd';
import { SGD } from '@dl/optim';
import { Parameter, type Tensor, tensor } from '@dl/tensor';

/** A walk of gradient descent on a function of one number. */
export interface Descent {
  readonly title: string;
  /** Where it was before the first step, after it, after the second …. */
  readonly xs: readonly number[];
  /** The heights there. */
  readonly ys: readonly number[];
}

/** What a walk is on, and how. */
export interface DescentOptions {
  readonly title: string;
  readonly fn: (x: Tensor) => Tensor;
  readonly from: number;
  readonly lr: number;
  readonly steps: number;
  /** The part of the function to draw. */
  readonly shown: readonly [number, number];
}

/** The lecture's parabola, $x^2 - 5x + 2$: lowest at 2.5, where it is -4.25. */
export const parabola = (x: Tensor): Tensor => x.square().sub(x.mul(5)).add(2);

/** A valley with a flat plain on both sides, $1 - e^{-x^2}$: far from the valley there is hardly a slope. */
export const plain = (x: Tensor): Tensor => x.square().neg().exp().neg().add(1);

/** Four walks of the lectures: what a rate does, and where no rate helps. */
export const walks: readonly DescentOptions[] = [
  { title: 'small rate: small steps', fn: parabola, from: 0, lr: 0.05, steps: 20, shown: [-0.75, 5.75] },
  { title: 'large rate: swings across', fn: parabola, from: 0, lr: 0.93, steps: 20, shown: [-0.75, 5.75] },
  { title: 'too large: climbs out', fn: parabola, from: 2.2, lr: 1.08, steps: 14, shown: [-0.75, 5.75] },
  { title: 'flat region: hardly moves', fn: plain, from: 2.6, lr: 0.5, steps: 20, shown: [-3.5, 3.5] },
];

/** Walks down a function, and remembers the way. */
export async function descend({ title, fn, from, lr, steps }: Omit<DescentOptions, 'shown'>): Promise<Descent> {
  const x = new Parameter(tensor(from));
  const optimizer = new SGD([x], { lr });
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let step = 0; step <= steps; step++) {
    const { value, grads } = valueAndGrad(() => fn(x), [x]);
    xs.push(Number(await x.item()));
    ys.push(Number(await value.item()));
    value.dispose();
    optimizer.step(grads);
  }
  return { title, xs, ys };
}
