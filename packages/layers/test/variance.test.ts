import { valueAndGrad } from '@dl/autograd';
import { matmul, Rng, randn, relu, type Tensor, tanh, tensor, tidy, variance } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { Conv2d, crossEntropy, Flatten, init, Linear, ReLU, Sequential } from '../src/index.ts';

const depth = 10;

/** The variance, layer by layer, of what a stack of linear layers and activations makes of normal numbers. */
function variances(
  rng: Rng,
  [batch, width]: readonly [number, number],
  weight: () => Tensor,
  activation: (x: Tensor) => Tensor,
  scale = 1,
): Promise<number[]> {
  const found = tidy(() => {
    const layers = [randn([batch, width], { rng }).mul(scale)];
    for (let i = 0; i < depth; i++) layers.push(matmul(activation(layers[i]), weight(), { transposeB: true }));
    return layers.map((layer) => variance(layer));
  });
  return Promise.all(found.map((value) => value.item()));
}

const wide = [1024, 512] as const;

describe('variances over ten layers', () => {
  it('stay within 5 % with He’s weights and ReLU, on average', async () => {
    // One draw of 256 units strays by 30 %: the mean of 200 by 2 %.
    const rng = new Rng(1);
    const found = new Array<number>(depth + 1).fill(0);
    for (let draw = 0; draw < 200; draw++) {
      const weight = (): Tensor => init.kaimingUniform([256, 256], { nonlinearity: 'relu', rng });
      const drawn = await variances(rng, [32, 256], weight, relu);
      for (const [layer, value] of drawn.entries()) found[layer] += value / 200;
    }
    for (const value of found) expect(Math.abs(value / found[0] - 1)).toBeLessThan(0.05);
  });

  it('stay within 5 % with Xavier’s weights and tanh, where tanh is linear', async () => {
    // N(0, 1/d) is derived for an activation with slope 1: what tanh is for small numbers.
    const rng = new Rng(1);
    const found = await variances(rng, wide, () => init.xavierNormal([512, 512], { rng }), tanh, 0.05);
    for (const value of found) expect(Math.abs(value / found[0] - 1)).toBeLessThan(0.05);
  });

  it('vanish with Xavier’s weights and ReLU, which halves them', async () => {
    const rng = new Rng(1);
    const found = await variances(rng, wide, () => init.xavierNormal([512, 512], { rng }), relu);
    expect(found[depth]).toBeLessThan(4 * 2 ** -depth);
  });

  it('explode with weights of deviation 1', async () => {
    const rng = new Rng(1);
    const found = await variances(rng, wide, () => init.normal([512, 512], { rng }), relu);
    expect(found[3]).toBeGreaterThan(1e6);
  });
});

describe('random first weights', () => {
  async function trainFilters(first: (shape: readonly number[], rng: Rng) => Tensor): Promise<number[][]> {
    const rng = new Rng(5);
    const conv = new Conv2d(1, 4, 3, { bias: false });
    const head = new Linear(4 * 4 * 4, 2, { rng });
    conv.weight.assign(first(conv.weight.shape, rng));
    head.weight.assign(init.constant(head.weight.shape, 0.01));
    const model = new Sequential(conv, new ReLU(), new Flatten(), head);
    const x = randn([16, 1, 6, 6], { rng });
    const y = tensor(
      Array.from({ length: 16 }, (_, i) => i % 2),
      { dtype: 'int32' },
    );
    for (let step = 0; step < 20; step++) {
      const { grads } = valueAndGrad(() => crossEntropy(model.forward(x), y), model.parameters());
      for (const [parameter, gradient] of grads) parameter.assign(parameter.sub(gradient.mul(0.1)));
    }
    return (await conv.weight.reshape([4, 9]).array()) as number[][];
  }

  it('are needed: filters that start alike learn, but stay alike when they are read alike', async () => {
    const [a, ...others] = await trainFilters((shape) => init.constant(shape, 0.1));
    expect(a.some((value) => Math.abs(value - 0.1) > 1e-3)).toBe(true);
    for (const other of others) {
      for (const [i, value] of other.entries()) expect(value).toBeCloseTo(a[i], 5);
    }
  });

  it('make filters differ', async () => {
    const filters = await trainFilters((shape, rng) => init.kaimingNormal(shape, { rng }));
    for (const [i, a] of filters.entries()) {
      for (const b of filters.slice(i + 1)) expect(Math.max(...a.map((value, j) => Math.abs(value - b[j])))).toBeGreaterThan(0.1);
    }
  });
});
