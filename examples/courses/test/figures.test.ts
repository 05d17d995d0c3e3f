import { readdirSync, readFileSync } from 'node:fs';
import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { figures } from '../src/figures.ts';

const folder = new URL('../../../docs/figures/', import.meta.url);
const numbers = /-?\d+(?:\.\d+)?(?:e-?\d+)?/g;

/** The tags and words of a picture; outlines of areas may have another number of corners on another machine. */
const skeleton = (svg: string): string =>
  svg.replaceAll(/ d="[^"]*"/g, ' d').replaceAll(/"[^"]*"/g, (value) => value.replaceAll(numbers, '#'));

const places = (svg: string): number[] =>
  [...svg.replaceAll(/ d="[^"]*"/g, '').matchAll(/"([^"]*)"/g)].flatMap(([, value]) => value.match(numbers) ?? []).map(Number);

/** Left, right, top and bottom of every outline. */
const bounds = (svg: string): number[] =>
  [...svg.matchAll(/ d="([^"]*)"/g)].flatMap(([, d]) => {
    const pairs = [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
    return [1, 2].flatMap((axis) => {
      const along = pairs.map((pair) => Number(pair[axis]));
      return along.length === 0 ? [] : [Math.min(...along), Math.max(...along)];
    });
  });

beforeAll(() => useBackend('wasm'));

describe.each(Object.keys(figures))('docs/figures/%s', (name) => {
  it('is what the example draws', async () => {
    const kept = readFileSync(new URL(name, folder), 'utf8');
    const drawn = await figures[name]();
    expect(drawn).not.toContain('NaN');
    expect(skeleton(drawn)).toBe(skeleton(kept));
    for (const measure of [places, bounds]) {
      const [now, before] = [measure(drawn), measure(kept)];
      expect(now).toHaveLength(before.length);
      expect(Math.max(...now.map((value, i) => Math.abs(value - before[i])))).toBeLessThan(2);
    }
  });

  it('is small', () => expect(readFileSync(new URL(name, folder)).length).toBeLessThan(60_000));
});

it('every picture is drawn by an example, and shown in the guide', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(figures).sort());
  const guide = readFileSync(new URL('../guides/courses.md', folder), 'utf8');
  for (const name of Object.keys(figures)) expect(guide).toContain(`(../figures/${name})`);
});
