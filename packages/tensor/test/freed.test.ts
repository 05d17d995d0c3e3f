import { expect, test } from 'vitest';
import { type Tensor, tensor, tidy, traceMemory } from '../src/index.ts';

function freed(): Tensor {
  const x = tensor([1]);
  x.dispose();
  return x;
}

test('errors tell the line that freed a tensor for the first ten thousand times, and always while memory is traced', () => {
  const line = /freed by dispose\(\) at .*freed\.test\.ts:\d+/;
  expect(() => freed().buffer).toThrow(line);
  for (let i = 0; i < 10_000; i++) freed();
  expect(() => freed().buffer).toThrow(
    'freed by dispose() (DL_TRACE=memory tells the line); return it from the scope or keep() it',
  );
  let inner: Tensor | undefined;
  tidy(() => {
    inner = tensor([1]);
  });
  expect(() => inner?.buffer).toThrow(/freed by tidy \(DL_TRACE/);
  traceMemory();
  for (let i = 0; i < 10_000; i++) freed();
  expect(() => freed().buffer).toThrow(line);
});
