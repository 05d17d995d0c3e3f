import { tensor, useBackend } from '@dl/tensor';
import { beforeAll, expect, test } from 'vitest';
import { beale, goal, optimiserRace, type Racer, start } from '../src/optimiser-race.ts';
import { optimiserRaceSvg } from '../src/optimiser-race-svg.ts';

let racers: Racer[];

beforeAll(async () => {
  await useBackend('wasm');
  racers = await optimiserRace(200);
});

const distance = ([x, y]: readonly [number, number]): number => Math.hypot(x - goal[0], y - goal[1]);
const end = (name: string): number => distance(racers.find((racer) => racer.name === name)!.path[200]);

test("Beale's function is 0 at (3, 0.5), and 1.5² + 2.25² + 2.625² at the origin", async () => {
  expect(await beale(tensor([3, 0.5])).item()).toBe(0);
  expect(await beale(tensor([0, 0])).item()).toBeCloseTo(14.203125, 5);
});

test('all six optimisers of the lecture start at one place and come nearer to the minimum', () => {
  expect(racers.map(({ name }) => name)).toEqual(['SGD', 'Momentum', 'NAG', 'Adagrad', 'Adadelta', 'RMSprop']);
  for (const { name, path } of racers) {
    expect(path[0]).toEqual(start);
    expect(path).toHaveLength(201);
    expect(distance(path[200]), name).toBeLessThan(0.5 * distance(start));
  }
});

test('plain descent is the slowest in the valley; momentum shoots past the bend and wins', () => {
  for (const name of ['Momentum', 'NAG', 'Adagrad', 'Adadelta', 'RMSprop']) expect(end(name), name).toBeLessThan(end('SGD'));
  expect(Math.min(end('Momentum'), end('NAG'))).toBeLessThan(Math.min(end('Adagrad'), end('Adadelta'), end('RMSprop')));
  const lowest = ({ path }: Racer): number => Math.min(...path.map(([, y]) => y));
  expect(lowest(racers[1])).toBeLessThan(lowest(racers[0]) - 1);
});

test('the picture shows the contours and moves a dot along each way, one frame a step, to where it stands', async () => {
  const svg = await optimiserRaceSvg(racers);
  expect(svg.match(/<path d="M[^"]+Z" fill="rgb/g)?.length).toBeGreaterThan(10);
  for (const { name } of racers) {
    const runner = new RegExp(`<g aria-label="${name}">(.*)</g>`).exec(svg)?.[1] ?? '';
    const [, cx] = /<circle cx="([^"]+)"/.exec(runner) ?? [];
    const [, values] = /<animate attributeName="cx" values="([^"]+)"/.exec(runner) ?? [];
    const frames = (values ?? '').split(';').map(Number);
    expect(frames).toHaveLength(201);
    expect(frames[200]).toBeCloseTo(Number(cx), 1);
    const [, offsets] = /attributeName="stroke-dashoffset" values="([^"]+)"/.exec(runner) ?? [];
    const left = (offsets ?? '').split(';').map(Number);
    expect(left[200]).toBeCloseTo(0, 6);
    expect(left.every((length, i) => i === 0 || length <= left[i - 1])).toBe(true);
  }
  expect(svg).not.toContain('NaN');
});
