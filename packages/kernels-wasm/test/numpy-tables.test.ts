import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnaryFn } from '@dl/kernels';
import { describe, expect, test } from 'vitest';
import { createWasmBackend } from '../src/index.ts';
import { host, runKernel, ulp } from './suite/harness.ts';

const folder = process.env.DL_CONFORMANCE_DIR && join(process.env.DL_CONFORMANCE_DIR, 'numpy');

const tables: readonly (readonly [UnaryFn, string])[] = [
  ['exp', 'exp'],
  ['expm1', 'expm1'],
  ['log', 'log'],
  ['log1p', 'log1p'],
  ['sin', 'sin'],
  ['cos', 'cos'],
  ['tan', 'tan'],
  ['asin', 'arcsin'],
  ['acos', 'arccos'],
  ['atan', 'arctan'],
  ['sinh', 'sinh'],
  ['cosh', 'cosh'],
  ['tanh', 'tanh'],
  ['asinh', 'arcsinh'],
  ['acosh', 'arccosh'],
  ['atanh', 'arctanh'],
];

/** Inputs and correctly rounded outputs of NumPy's float32 rows, which are written as the hexadecimal of their bits. */
function readTable(name: string, path: string): { readonly inputs: Float32Array; readonly outputs: Float32Array } {
  const rows = readFileSync(join(path, `umath-validation-set-${name}.csv`), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('np.float32'))
    .map((line) => line.split(','));
  const column = (index: number) => new Float32Array(Uint32Array.from(rows, (row) => Number.parseInt(row[index], 16)).buffer);
  return { inputs: column(1), outputs: column(2) };
}

describe.skipIf(folder === undefined || !existsSync(folder))("NumPy's tables of correctly rounded values", () => {
  const backend = createWasmBackend();

  test.each(tables)('%s is right to 4 units of the last place', async (fn, name) => {
    const { inputs, outputs } = readTable(name, folder ?? '');
    expect(inputs.length).toBeGreaterThan(50);
    const spec = { shape: [inputs.length], dtype: 'float32' } as const;
    const got = await runKernel(backend, 'unary', [host(inputs, spec.shape, 'float32')], { fn }, spec);
    const wrong = Array.from(outputs, (want, i) => ({ x: inputs[i], want, got: got[i] })).filter(
      (row) => !(Object.is(row.got, row.want) || row.got === row.want || Math.abs(row.got - row.want) <= 4 * ulp(row.want)),
    );
    expect(wrong).toEqual([]);
  });
});
