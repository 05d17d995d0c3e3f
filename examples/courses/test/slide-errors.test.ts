import { grad, valueAndGrad } from '@dl/autograd';
import { BatchNorm1d, Conv2d, crossEntropy, Dropout, Linear, ReLU, Sequential } from '@dl/layers';
import { type MomentumHyper, Optimizer, SGD, twoTermMomentumRule } from '@dl/optim';
import { log, Parameter, Rng, relu, softmax, type Tensor, tensor, useBackend, zeros } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';

beforeAll(() => useBackend('wasm'));

const numbers = async (x: Tensor): Promise<number[]> => Array.from(await x.data(), Number);
const target = (): Tensor => tensor([0], { dtype: 'int32' });

async function expectNear(x: Tensor, expected: readonly number[], digits = 5): Promise<void> {
  const found = await numbers(x);
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, digits);
}

/** Section 10 of the checklist: what slides have wrong, and what is right here. Others are in the tests of their examples. */
describe('errors of the slides that are not copied', () => {
  it('cross-entropy has its minus: it is positive, and falls as the class becomes likelier', async () => {
    const at = async (score: number): Promise<number> => Number(await crossEntropy(tensor([[score, 0]]), target()).item());
    expect(await at(0)).toBeCloseTo(Math.log(2), 6);
    expect(await at(2)).toBeGreaterThan(0);
    expect(await at(2)).toBeLessThan(await at(0));
  });

  it('s - t is the gradient of cross-entropy by the logits; by the probabilities it is -t / s', async () => {
    const logits = tensor([[1, 2, -0.5]]);
    const s = await numbers(softmax(logits, 1));
    await expectNear(grad((y: Tensor) => crossEntropy(y, target()))(logits), [s[0] - 1, s[1], s[2]]);
    const ofProbabilities = (p: Tensor): Tensor =>
      log(p)
        .mul(tensor([1, 0, 0]))
        .sum()
        .neg();
    await expectNear(grad(ofProbabilities)(tensor(s)), [-1 / s[0], 0, 0]);
  });

  it('batch norm scales x less its mean, by the root of the variance plus eps', async () => {
    const layer = new BatchNorm1d(1, { eps: 0.5 });
    layer.weight?.assign(tensor([3]));
    const x = [1, 2, 6];
    const variance = (4 + 1 + 9) / 3;
    const y = layer.forward(tensor(x.map((value) => [value])), { training: true });
    await expectNear(
      y,
      x.map((value) => (3 * (value - 3)) / Math.sqrt(variance + 0.5)),
    );
  });

  it('dropout draws anew for every mini-batch, and rescales what it keeps', async () => {
    const layer = new Dropout(0.75);
    const x = tensor(new Array<number>(4000).fill(1));
    const options = { training: true, rng: new Rng(1) };
    const [first, second] = [await numbers(layer.forward(x, options)), await numbers(layer.forward(x, options))];
    expect(first).not.toEqual(second);
    expect(new Set(first)).toEqual(new Set([0, 4]));
    expect(first.reduce((sum, value) => sum + value, 0) / 4000).toBeCloseTo(1, 0);
  });

  it('the evidence lower bound is climbed, not descended: it ends at the evidence, with the true posterior', async () => {
    // p(z) = N(0, 1), p(x | z) = N(z, 1) and x = 3, so that p(x) = N(0, 2) and p(z | x) = N(1.5, 0.5).
    const x = 3;
    const [mu, logVariance] = [new Parameter(tensor(0)), new Parameter(tensor(0))];
    const optimizer = new SGD([mu, logVariance], { lr: 0.1, maximize: true });
    const bound = (): Tensor => {
      const reconstruction = mu
        .sub(x)
        .square()
        .add(logVariance.exp())
        .add(Math.log(2 * Math.PI))
        .mul(-0.5);
      const divergence = mu.square().add(logVariance.exp()).sub(logVariance).sub(1).mul(0.5);
      return reconstruction.sub(divergence);
    };
    const first = Number(await bound().item());
    for (let step = 0; step < 300; step++) optimizer.step(valueAndGrad(bound, [mu, logVariance]).grads);
    const evidence = -0.5 * (Math.log(2 * Math.PI * 2) + x ** 2 / 2);
    expect(first).toBeLessThan(evidence - 1);
    await expectNear(bound(), [evidence], 4);
    await expectNear(mu, [1.5], 4);
    await expectNear(logVariance.exp(), [0.5], 4);
  });

  it('momentum gathers all gradients, where the slide has the previous one only', async () => {
    const hyper: MomentumHyper = { lr: 1, momentum: 0.5 };
    const walked = async (make: (place: Parameter) => { step(grads: Map<Parameter, Tensor>): void }): Promise<number> => {
      const place = new Parameter(zeros([]));
      const optimizer = make(place);
      for (let step = 0; step < 3; step++) optimizer.step(new Map([[place, tensor(1)]]));
      return Number(await place.item());
    };
    expect(await walked((place) => new SGD([place], hyper))).toBeCloseTo(-(1 + 1.5 + 1.75), 6);
    expect(await walked((place) => new Optimizer(twoTermMomentumRule, [place], hyper))).toBeCloseTo(-(1 + 1.5 + 1.5), 6);
  });

  it('higher rates do not mitigate dead ReLUs, they make them', async () => {
    const [slow, fast] = [await deadUnits(0.01), await deadUnits(3)];
    expect(fast).toBeGreaterThan(slow + 5);
  });

  it("AlexNet's conv2 and conv5 are counted grouped, its conv4 is not: 307K and 442K, but 1.3M instead of 664K", () => {
    const count = (from: number, to: number, kernel: number, groups: number): number =>
      new Conv2d(from, to, kernel, { groups, bias: false }).weight.size;
    expect(count(96, 256, 5, 2)).toBe(307_200);
    expect(count(384, 256, 3, 2)).toBe(442_368);
    expect(count(384, 384, 3, 1)).toBe(1_327_104);
    expect(count(384, 384, 3, 2)).toBe(663_552);
    // 13 × 13 places: the slide's 112M multiplications are of the grouped layer.
    expect(13 * 13 * count(384, 384, 3, 2)).toBe(112_140_288);
  });

  it("AlexNet's conv1 has 290,400 outputs, not the 253,440 of the figure", () => {
    const conv = new Conv2d(3, 96, 11, { stride: 4, padding: 2 });
    expect(conv.forward(zeros([1, 3, 224, 224])).size).toBe(290_400);
  });
});

/** How many of 64 hidden ReLUs are off for all examples, after twenty steps. */
async function deadUnits(lr: number): Promise<number> {
  const rng = new Rng(1);
  const [hidden, output] = [new Linear(2, 64, { rng }), new Linear(64, 2, { rng })];
  const model = new Sequential(hidden, new ReLU(), output);
  const x = rng.normal([100, 2]);
  const y = tensor(
    Array.from({ length: 100 }, (_, i) => i % 2),
    { dtype: 'int32' },
  );
  const params = model.parameters();
  const optimizer = new SGD(params, { lr });
  for (let step = 0; step < 20; step++) optimizer.step(valueAndGrad(() => crossEntropy(model.forward(x), y), params).grads);
  return (await numbers(relu(hidden.forward(x)).max(0))).filter((highest) => highest === 0).length;
}
