import { conv2d, Rng, slice, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { changes, movement, representations } from '../src/invariance.ts';

beforeAll(() => useBackend('wasm'));

const [translation, , rotation] = changes;
const last = async (change: (typeof changes)[number], name: string): Promise<number> =>
  (await movement(change, representations[name])).at(-1)!;

describe('7.12 representations of a digit', () => {
  it('do not move when the digit does not', async () => {
    for (const change of changes) {
      for (const [name, represent] of Object.entries(representations)) {
        expect((await movement(change, represent))[0], name).toBeLessThan(1e-6);
      }
    }
  });

  it('are sensitive to translation as maps, and invariant pooled over places', async () => {
    for (const name of ['pixels', 'oriented filters']) expect(await last(translation, name), name).toBeGreaterThan(0.8);
    for (const name of ['pooled over places', 'pooled over places and orientations'])
      expect(await last(translation, name), name).toBeLessThan(1e-3);
  });

  it('tell orientations until they are pooled over these, too', async () => {
    const quarter = rotation.amounts.indexOf(90);
    const places = (await movement(rotation, representations['pooled over places']))[quarter];
    const both = (await movement(rotation, representations['pooled over places and orientations']))[quarter];
    expect(places).toBeGreaterThan(0.1);
    expect(both).toBeLessThan(0.5 * places);
  });

  it('a convolution of a shifted image is the shifted convolution', async () => {
    const rng = new Rng(1);
    const [x, w] = [rng.normal([1, 2, 12, 12]), rng.normal([3, 2, 3, 3])];
    const moved = conv2d(slice(x, [null, null, [2, 12], [1, 12]]), w);
    const apart = moved
      .sub(slice(conv2d(x, w), [null, null, [2, 10], [1, 10]]))
      .abs()
      .max();
    expect(await apart.item()).toBeLessThan(1e-5);
  });
});
