import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Storage } from '../src/gpu-device.ts';
import { StoragePool, sizeClass } from '../src/storage-pool.ts';

function createPool() {
  const live = new Set<Storage>();
  const pool = new StoragePool<Storage>((storage) => live.delete(storage));
  const take = (texels: number) => {
    const size = sizeClass(texels);
    return pool.take(size, () => {
      const storage = { size, bytes: size * 16 };
      live.add(storage);
      return storage;
    });
  };
  return { pool, live, take };
}

it('takes the least size that fits, and wastes a third at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1 << 24 }), (texels) => {
      const size = sizeClass(texels);
      expect(size).toBeGreaterThanOrEqual(texels);
      if (texels > 1) expect(texels).toBeGreaterThan((size * 2) / 3 - 1);
      expect(sizeClass(size)).toBe(size);
    }),
  );
});

it('gives the same memory out again, and never to two at once', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant('give')), { maxLength: 60 }), (steps) => {
      const { pool, live, take } = createPool();
      const held: Storage[] = [];
      for (const step of steps) {
        const last = held.shift();
        if (typeof step === 'number') {
          const taken = take(step);
          expect(held).not.toContain(taken);
          expect(Number(taken.size)).toBeGreaterThanOrEqual(step);
          held.push(taken);
        }
        if (last !== undefined && step === 'give') pool.give(last);
        else if (last !== undefined) held.push(last);
        expect(pool.reservedBytes).toBe([...live].reduce((sum, { bytes }) => sum + bytes, 0));
      }
      pool.clear();
      expect(pool.reservedBytes).toBe(held.reduce((sum, { bytes }) => sum + bytes, 0));
    }),
  );
  const { pool, take } = createPool();
  const first = take(5);
  pool.give(first);
  expect(take(6)).toBe(first);
});

it('gives memory back to the system when sizes change', () => {
  const { pool, take } = createPool();
  for (let texels = 1 << 10; texels < 1 << 24; texels += 1 << 18) pool.give(take(texels));
  expect(pool.reservedBytes).toBeLessThanOrEqual((384 << 20) + (64 << 20) + (256 << 20));
});

it('keeps what a loop uses in each round', () => {
  const { pool, live, take } = createPool();
  const round = () => Array.from({ length: 20 }, () => take(1 << 21));
  for (const storage of round()) pool.give(storage);
  const first = [...live];
  for (const storage of round()) pool.give(storage);
  expect([...live]).toEqual(first);
});
