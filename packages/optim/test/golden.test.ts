import { add, div, Parameter, type Tensor, tensor, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  type Hyper,
  NAdam,
  type Optimizer,
  type OptimizerState,
  RAdam,
  RMSprop,
  Rprop,
  SGD,
} from '../src/index.ts';
import golden from './golden/optimizers.json' with { type: 'json' };

const optimizers = { SGD, Adam, AdamW, Adagrad, Adadelta, RMSprop, Adamax, NAdam, RAdam, Rprop };

/** The gradient that `golden/make.py` names. */
function gradientAt(step: number, theta: Tensor): Tensor {
  const fixed = golden.initial.map((_, i) => (((7 * i + 13 * step) % 11) - 5) / 8);
  return add(tensor(fixed), div(theta, 4));
}

function make(name: string, parameter: Parameter, options: object): Optimizer<Hyper, OptimizerState> {
  const Chosen = optimizers[name as keyof typeof optimizers] as new (
    params: readonly Parameter[],
    options: object,
  ) => Optimizer<Hyper, OptimizerState>;
  return new Chosen([parameter], options);
}

// The reference takes a step kernel by kernel, wasm in a fused one where it has it.
describe.each(['reference', 'wasm'] as const)('on %s, optimisers agree with PyTorch 1.13', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(golden.cases)('$optimizer $options', async ({ optimizer: name, options, state, values }) => {
    const theta = new Parameter(tensor(golden.initial));
    const optimizer = make(name, theta, options);
    for (let step = 1; step <= 100; step++) {
      optimizer.step(new Map([[theta, gradientAt(step, theta)]]));
      const expected = values[String(step) as keyof typeof values];
      if (expected === undefined) continue;
      const actual = await theta.data();
      for (const [i, value] of expected.entries()) {
        expect(Math.abs(actual[i] - value), `element ${i} after ${step} steps`).toBeLessThanOrEqual(
          1e-6 * Math.max(1, Math.abs(value)),
        );
      }
    }
    expect([...optimizer.stateDict().state.keys()].sort()).toEqual(state.map((entry) => `0.${entry}`));
  });
});
