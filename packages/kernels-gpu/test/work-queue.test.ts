import { expect, it } from 'vitest';
import { WorkQueue } from '../src/work-queue.ts';

it('does a task at once where nothing waits, and throws its error to the caller', () => {
  const queue = new WorkQueue();
  const done: number[] = [];
  queue.add(() => void done.push(1));
  expect(done).toEqual([1]);
  const fail = () => {
    throw new RangeError('no');
  };
  expect(() => queue.add(fail)).toThrow(RangeError);
  expect(queue.isBusy).toBe(false);
});

it('does tasks behind one that waits in order', async () => {
  const queue = new WorkQueue();
  const done: string[] = [];
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  queue.add(() => promise.then(() => void done.push('first')));
  queue.add(() => void done.push('second'));
  queue.add(() => Promise.resolve().then(() => void done.push('third')));
  queue.add(() => void done.push('fourth'));
  expect(queue.isBusy).toBe(true);
  expect(done).toEqual([]);
  resolve();
  await queue.idle();
  expect(done).toEqual(['first', 'second', 'third', 'fourth']);
  expect(queue.isBusy).toBe(false);
});

it('waits for tasks that were added while it waited', async () => {
  const queue = new WorkQueue();
  const done: string[] = [];
  queue.add(() =>
    Promise.resolve().then(() => {
      done.push('first');
      queue.add(() => void done.push('later'));
    }),
  );
  await queue.idle();
  expect(done).toEqual(['first', 'later']);
});
