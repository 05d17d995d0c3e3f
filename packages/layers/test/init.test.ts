import { ArgumentError, ShapeError } from '@dl/kernels';
import { manualSeed, Rng, type Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { Conv2d, init, Linear } from '../src/index.ts';

interface Moments {
  readonly mean: number;
  readonly std: number;
  readonly greatest: number;
}

async function momentsOf(x: Tensor): Promise<Moments> {
  const values = Array.from(await x.data());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance), greatest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) };
}

const shape = [64, 32, 3, 3];
const [fanIn, fanOut] = [288, 576];

describe('initialisers', () => {
  it.each<[string, () => Tensor, number]>([
    ['xavierUniform', () => init.xavierUniform(shape), Math.sqrt(2 / (fanIn + fanOut))],
    ['xavierNormal with a gain', () => init.xavierNormal(shape, { gain: 3 }), 3 * Math.sqrt(2 / (fanIn + fanOut))],
    ['kaimingUniform', () => init.kaimingUniform(shape), Math.sqrt(2 / fanIn)],
    ['kaimingUniform of fanOut', () => init.kaimingUniform(shape, { mode: 'fanOut' }), Math.sqrt(2 / fanOut)],
    ['kaimingNormal for a leaky ReLU', () => init.kaimingNormal(shape, { a: Math.sqrt(5) }), Math.sqrt(1 / 3 / fanIn)],
    ['kaimingNormal for tanh', () => init.kaimingNormal(shape, { nonlinearity: 'tanh' }), 5 / 3 / Math.sqrt(fanIn)],
    ['normal', () => init.normal(shape, { std: 0.02 }), 0.02],
    ['uniform', () => init.uniform(shape, { low: -1, high: 1 }), Math.sqrt(1 / 3)],
  ])('%s has its deviation and no mean', async (_name, make, std) => {
    manualSeed(11);
    const moments = await momentsOf(make());
    // 18,432 numbers: the deviation of the estimates is below 1 %.
    expect(Math.abs(moments.mean)).toBeLessThan(5 * (std / Math.sqrt(18_432)));
    expect(moments.std / std).toBeGreaterThan(0.97);
    expect(moments.std / std).toBeLessThan(1.03);
  });

  it('keep uniform numbers inside their bound, and reach it', async () => {
    const bound = Math.sqrt(6 / (fanIn + fanOut));
    const { greatest } = await momentsOf(init.xavierUniform(shape, { rng: new Rng(1) }));
    expect(greatest).toBeLessThanOrEqual(Math.fround(bound));
    expect(greatest).toBeGreaterThan(0.99 * bound);
  });

  it('draw from the generator that is passed, else from the default one', async () => {
    const draw = (seed: number): Promise<unknown> => init.kaimingNormal([8, 8], { rng: new Rng(seed) }).data();
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
    manualSeed(5);
    const first = await init.xavierNormal([8, 8]).data();
    manualSeed(5);
    expect(await init.xavierNormal([8, 8]).data()).toEqual(first);
  });

  it('fill with a constant', async () => {
    expect(await init.constant([2], 0.5).array()).toEqual([0.5, 0.5]);
  });

  it('know PyTorch’s gains and fans', () => {
    expect(init.calculateGain('relu')).toBeCloseTo(Math.SQRT2, 12);
    expect(init.calculateGain('leakyRelu', Math.sqrt(5))).toBeCloseTo(0.5773502691896257, 12);
    expect(init.calculateGain('tanh')).toBeCloseTo(1.6666666666666667, 12);
    expect(init.calculateFan(shape)).toEqual({ fanIn, fanOut });
  });

  it('refuse what they cannot do', () => {
    expect(() => init.calculateFan([3])).toThrow(ShapeError);
    expect(() => init.calculateGain('gelu' as 'relu')).toThrow(ArgumentError);
    expect(() => init.kaimingUniform(shape, { mode: 'fanMiddle' as 'fanIn' })).toThrow(
      "mode must be 'fanIn' or 'fanOut', got fanMiddle",
    );
  });
});

describe('first weights are PyTorch’s: uniform in ± 1 / √fanIn', () => {
  it.each([
    ['Linear', () => new Linear(400, 400), 400],
    ['Conv2d', () => new Conv2d(32, 64, 3), 288],
    ['grouped Conv2d', () => new Conv2d(32, 128, 3, { groups: 2 }), 144],
  ] as const)('%s', async (_name, make, fan) => {
    manualSeed(2);
    const { weight, bias } = make();
    const bound = 1 / Math.sqrt(fan);
    for (const parameter of [weight, bias!]) {
      const { greatest, std } = await momentsOf(parameter);
      expect(greatest).toBeLessThanOrEqual(bound);
      expect(greatest).toBeGreaterThan(0.9 * bound);
      expect(std / (bound / Math.sqrt(3))).toBeCloseTo(1, parameter === weight ? 1 : 0);
    }
  });

  it('depend on the seed alone', async () => {
    const draw = async (seed: number): Promise<unknown> => {
      manualSeed(seed);
      return new Linear(3, 3).weight.data();
    };
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
    expect(await new Linear(3, 3, { rng: new Rng(1) }).weight.data()).toEqual(await draw(1));
  });
});
