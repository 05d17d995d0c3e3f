import { createReferenceBackend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { expect, it } from 'vitest';
import { runProgram } from './soak/run-program.ts';

// DL_SOAK_OPS programs on DL_SOAK_THREADS threads, from number DL_SOAK_SEED on.
const { DL_SOAK_OPS = '2000', DL_SOAK_THREADS = '2', DL_SOAK_SEED = '0' } = process.env;

it(`${DL_SOAK_OPS} programs of random shapes agree with the reference, gradients and fused kernels included, and leave nothing`, {
  timeout: 600_000,
}, async () => {
  const [tested, oracle] = [createWasmBackend({ threads: Number(DL_SOAK_THREADS) }), createReferenceBackend()];
  const first = Number(DL_SOAK_SEED);
  for (let i = first; i < first + Number(DL_SOAK_OPS); i++) await runProgram(tested, oracle, i);
  expect([tested.stats().buffers, oracle.stats().buffers]).toEqual([0, 0]);
  tested.dispose();
});
