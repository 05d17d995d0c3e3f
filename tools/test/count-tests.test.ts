import { expect, test } from 'vitest';
import { countTests } from '../count-tests.mjs';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) });

test('adds up the tests of every report', () => {
  const source = { testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'failed', 'passed', 'todo')] };
  const dist = { testResults: [file('passed', 'passed', 'skipped')] };
  expect(countTests([source, dist])).toEqual({ passed: 4, failed: 1, skipped: 3 });
});

test('takes a file that did not load, and a report that is missing, for failures', () => {
  expect(countTests([{ testResults: [file('failed')] }, undefined])).toEqual({ passed: 0, failed: 2, skipped: 0 });
});
