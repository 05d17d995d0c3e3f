import { afterEach, beforeEach, expect, test } from 'vitest';
import { ArgumentError, add, memoryReport, Parameter, relu, tensor, tidy, traceMemory } from '../src/index.ts';

beforeEach(() => traceMemory());
afterEach(() => traceMemory(false));

test('the report names op, line, number and bytes of live tensors, the largest first', () => {
  const x = tensor([1, 2, 3]);
  const parameter = new Parameter(tensor([1]));
  const leaks = Array.from({ length: 3 }, () => add(x, 1));
  const [largest, ...rest] = memoryReport();
  expect(largest).toMatchObject({ op: 'add', count: 3, bytes: 36, shapes: ['[3]'] });
  expect(largest.place).toMatch(/memory-trace\.test\.ts:10:/);
  expect(rest.map(({ op, bytes }) => [op, bytes])).toEqual([
    ['Tensor', 12],
    ['Parameter', 4],
  ]);
  for (const leak of leaks) leak.dispose();
  parameter.dispose();
  expect(memoryReport().map(({ op }) => op)).toEqual(['Tensor']);
});

test('what a scope frees is not in the report', () => {
  const y = tidy(() => relu(relu(tensor([1, -1]))));
  expect(memoryReport().map(({ op, count }) => [op, count])).toEqual([['relu', 1]]);
  y.dispose();
  expect(memoryReport()).toEqual([]);
});

test('there is no report without a trace', () => {
  traceMemory(false);
  expect(memoryReport).toThrow(
    new ArgumentError('memoryReport', 'memory must be traced, got no trace: call traceMemory() first, or set DL_TRACE=memory'),
  );
});
