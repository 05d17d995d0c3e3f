import { ArgumentError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { gridSearch, randomSearch, type SearchResult, searchSvg, space, successiveHalving, type Trial } from '../src/index.ts';
import { elementsOf } from './parse-svg.ts';

const data = { train: { split: 'train' }, validation: { split: 'validation' } };

interface Chosen {
  readonly lr: number;
  readonly kind: 'a' | 'b';
}

const dimensions = { lr: space.logUniform(1e-4, 1), kind: space.choice(['a', 'b']) };

/** Best at a rate of 0.01 and kind b; the less precise the smaller the budget. */
const objective = ({ lr, kind }: Chosen, { budget }: { readonly budget: number }): number =>
  Math.abs(Math.log10(lr) + 2) + (kind === 'b' ? 0 : 0.1) + 0.01 / budget;

describe('space', () => {
  it('samples and spreads within its bounds', () => {
    const parts = [0, 0.25, 0.5, 0.999999];
    expect(parts.map(space.choice(['x', 'y', 'z']).sample)).toEqual(['x', 'x', 'y', 'z']);
    expect(parts.map(space.int(2, 4).sample)).toEqual([2, 2, 3, 4]);
    expect(parts.map((u) => Number(space.uniform(-1, 1).sample(u).toFixed(3)))).toEqual([-1, -0.5, 0, 1]);
    expect(parts.map((u) => Number(space.logUniform(1e-4, 1).sample(u).toPrecision(3)))).toEqual([1e-4, 1e-3, 1e-2, 1]);
    expect(space.uniform(1, 3).grid(1)).toEqual([2]);
    expect(space.int(1, 2).grid(5)).toEqual([1, 2]);
  });

  it('refuses bounds that are none', () => {
    expect(() => space.choice([])).toThrow(ArgumentError);
    expect(() => space.uniform(1, 1)).toThrow('uniform: low must be below high, got 1 and 1');
    expect(() => space.logUniform(0, 1)).toThrow('logUniform: low must be positive, got 0');
    expect(() => space.int(1, 2.5)).toThrow(ArgumentError);
  });
});

describe('gridSearch', () => {
  it('4.17 tries every combination, and puts the best first', async () => {
    const { best, trials } = await gridSearch({ ...data, space: dimensions, objective, points: 5 });
    expect(trials).toHaveLength(10);
    expect(best).toEqual({ number: 6, parameters: { lr: expect.closeTo(0.01, 12), kind: 'b' }, budget: 1, value: 0.01 });
    expect(trials.map(({ value }) => value)).toEqual(trials.map(({ value }) => value).toSorted((a, b) => a - b));
    expect(
      [...trials]
        .sort((a, b) => a.number - b.number)
        .slice(0, 3)
        .map(({ parameters }) => parameters.kind),
    ).toEqual(['a', 'b', 'a']);
  });

  it('finds the largest where that is best, and NaN never', async () => {
    const { best, trials } = await gridSearch({
      ...data,
      space: { i: space.int(0, 4) },
      objective: ({ i }) => (i === 2 ? Number.NaN : i === 1 ? -Infinity : i),
      points: 5,
      mode: 'max',
    });
    expect(best.parameters.i).toBe(4);
    expect(trials.map(({ parameters: { i } }) => i)).toEqual([4, 3, 0, 1, 2]);
  });
});

describe('randomSearch', () => {
  const search = (trials: number, seed: number): Promise<SearchResult<Chosen>> =>
    randomSearch({ ...data, space: dimensions, objective, trials, seed });

  it('4.17 is the same for the same seed, and begins the same for fewer trials', async () => {
    const [twelve, again, other] = [await search(12, 1), await search(12, 1), await search(12, 2)];
    expect(JSON.stringify(again)).toBe(JSON.stringify(twelve));
    expect(other.best.parameters).not.toEqual(twelve.best.parameters);
    const first = (await search(5, 1)).trials;
    expect(new Set(first.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5]));
    for (const trial of first) expect(twelve.trials).toContainEqual(trial);
  });

  it('goes on where it was broken off, from JSON too', async () => {
    const run: number[] = [];
    const saved: Trial<Chosen>[] = [];
    const options = { ...data, space: dimensions, trials: 6, seed: 3 };
    const broken = randomSearch({
      ...options,
      objective: (parameters, context) => {
        if (saved.length === 4) throw new Error('power cut');
        return saved.length === 1 ? Number.NaN : objective(parameters, context);
      },
      onTrial: (trial) => void saved.push(trial),
    });
    await expect(broken).rejects.toThrow('power cut');
    const done: Trial<Chosen>[] = JSON.parse(JSON.stringify(saved));
    const resumed = await randomSearch({
      ...options,
      objective: (parameters, context) => objective(parameters, context),
      done,
      onTrial: ({ number }) => void run.push(number),
    });
    expect(run).toEqual([5, 6]);
    expect(resumed.trials.find(({ number }) => number === 2)?.value).toBeNaN();
    expect(resumed.trials.at(-1)?.number).toBe(2);
    await expect(randomSearch({ ...options, seed: 4, objective, done })).rejects.toThrow('done must be trials of this search');
  });
});

describe('successiveHalving', () => {
  it('4.17 gives the best of each rung a larger budget, and chooses among those with the largest', async () => {
    const { best, trials } = await successiveHalving({
      ...data,
      space: dimensions,
      objective,
      trials: 10,
      maxBudget: 8,
      factor: 2,
      minBudget: 2,
    });
    const rung = (budget: number): typeof trials => trials.filter((trial) => trial.budget === budget);
    expect([...new Set(trials.map(({ budget }) => budget))]).toEqual([8, 4, 2]);
    expect([8, 4, 2].map((budget) => rung(budget).length)).toEqual([2, 5, 10]);
    const survivors = rung(2).slice(0, 5);
    expect(new Set(rung(4).map(({ parameters }) => parameters))).toEqual(new Set(survivors.map(({ parameters }) => parameters)));
    expect(best.value).toBe(Math.min(...rung(8).map(({ value }) => value)));
  });

  it('refuses budgets that are none', async () => {
    const options = { ...data, space: dimensions, objective, trials: 4, maxBudget: 4 };
    await expect(successiveHalving({ ...options, maxBudget: 0 })).rejects.toThrow(ArgumentError);
    await expect(successiveHalving({ ...options, minBudget: 5 })).rejects.toThrow(ArgumentError);
    await expect(successiveHalving({ ...options, factor: 1 })).rejects.toThrow(ArgumentError);
  });
});

describe('every search', () => {
  const searches = {
    gridSearch,
    randomSearch: (options: Parameters<typeof gridSearch<Chosen, { split: string }>>[0]) =>
      randomSearch({ ...options, trials: 2 }),
    successiveHalving: (options: Parameters<typeof gridSearch<Chosen, { split: string }>>[0]) =>
      successiveHalving({ ...options, trials: 2, maxBudget: 2 }),
  };

  it.each(Object.entries(searches))('4.17 %s refuses to see the test split', async (name, search) => {
    for (const part of ['train', 'validation']) {
      let ran = false;
      const seen = search({
        ...data,
        [part]: { split: 'test' },
        space: dimensions,
        objective: () => {
          ran = true;
          return 0;
        },
      });
      await expect(seen).rejects.toThrow(`${name}: ${part} must not be of the test split`);
      expect(ran).toBe(false);
    }
  });

  it.each(Object.entries(searches))('%s refuses a mode that is none', async (name, search) => {
    // @ts-expect-error: a mode is 'min' or 'max'
    const unknown = search({ ...data, space: dimensions, objective: () => 0, mode: 'maximum' });
    await expect(unknown).rejects.toThrow(`${name}: mode must be 'min' or 'max', got maximum`);
  });

  it.each(Object.entries(searches))('%s refuses values that are no numbers', async (_name, search) => {
    // @ts-expect-error: an objective must return a number
    await expect(search({ ...data, space: dimensions, objective: () => 'low' })).rejects.toThrow(
      'the objective must return a number, got string',
    );
  });
});

describe('searchSvg', () => {
  it('has a panel a hyperparameter and a dot a finite trial, the best in orange', async () => {
    const result = await gridSearch({
      ...data,
      space: { ...dimensions, units: space.int(8, 32) },
      objective: ({ units }) => (units === 8 ? Number.NaN : units),
    });
    const all = elementsOf(searchSvg(result, { title: 'Rates & kinds', value: 'loss' }));
    const dots = all.filter(({ name }) => name === 'circle');
    expect(dots).toHaveLength(3 * 12);
    expect(dots.filter(({ attributes }) => attributes.fill !== dots[0].attributes.fill)).toHaveLength(3);
    const texts = all.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Rates & kinds', 'loss', 'lr', 'kind', 'units', 'a', 'b', '0.01']));
    expect(texts).toContain('18 trials, best 20; 6 without a finite value are not shown');
  });

  it('writes powers of ten under what spreads over many, and few numbers under the rest', () => {
    const trials = [1e-8, 0.03, 1].map((lr, i) => ({
      number: i + 1,
      parameters: { lr, momentum: 0.9 * lr + 0.05 },
      budget: 1,
      value: i,
    }));
    const texts = elementsOf(searchSvg({ best: trials[0], trials })).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['1e-8', '1e-6', '1e-4', '0.01', '1', '0.2', '0.4', '0.6', '0.8']));
    expect(texts).not.toContain('1e-7');
  });

  it('draws a single trial, and one without a value', () => {
    const trial = { number: 1, parameters: { lr: 0.1 }, budget: 1, value: 0.5 };
    expect(elementsOf(searchSvg({ best: trial, trials: [trial] })).filter(({ name }) => name === 'circle')).toHaveLength(1);
    const lost = { ...trial, value: Number.NaN };
    expect(elementsOf(searchSvg({ best: lost, trials: [lost] })).filter(({ name }) => name === 'circle')).toHaveLength(0);
  });
});
