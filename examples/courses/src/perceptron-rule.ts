import { valueAndGrad } from '@dl/autograd';
import { Linear, perceptronLoss } from '@dl/layers';
import { SGD } from '@dl/optim';
import { Rng, tensor } from '@dl/tensor';

/** A point of the plane and its class. */
export interface Example {
  readonly x: readonly [number, number];
  readonly y: 0 | 1;
}

/** The line $a x_1 + b x_2 + c = 0$, with class 1 on its positive side. */
export interface Line {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** How many examples moved it: those that were on the wrong side when it was their turn. */
  readonly updates: number;
}

/**
 * Rosenblatt's rule, one example at a time, until a whole round moves nothing: plain descent on {@link perceptronLoss} at rate 1, whose gradient is 0
 * for what is on the right side. The lectures show that it needs but two examples, one a class, to find a line between two clouds.
 *
 * @returns `undefined` when `rounds` do not suffice, as for classes that no line separates
 */
export async function perceptronRule(examples: readonly Example[], rounds = 100): Promise<Line | undefined> {
  const model = new Linear(2, 2, { rng: new Rng(1) });
  const params = model.parameters();
  const optimizer = new SGD(params, { lr: 1 });
  let updates = 0;
  for (let round = 0; round < rounds; round++) {
    const before = updates;
    for (const { x, y } of examples) {
      const [input, target] = [tensor([x]), tensor([y], { dtype: 'int32' })];
      const { value, grads } = valueAndGrad(() => perceptronLoss(model.forward(input), target), params);
      optimizer.step(grads);
      if ((await value.item()) > 0) updates++;
      for (const one of [value, input, target]) one.dispose();
    }
    if (updates === before) return lineOf(model, updates);
  }
  return undefined;
}

async function lineOf({ weight, bias }: Linear, updates: number): Promise<Line> {
  const [w, b] = [await weight.data(), await bias?.data()];
  return {
    a: Number(w[2]) - Number(w[0]),
    b: Number(w[3]) - Number(w[1]),
    c: b === undefined ? 0 : Number(b[1]) - Number(b[0]),
    updates,
  };
}
