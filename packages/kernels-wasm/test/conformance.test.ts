import { records } from '@dl/testing';
import { describeBackend, describeConformance, loadGolden } from '@dl/testing/suites';
import { beforeAll, describe } from 'vitest';
import { allJoined, createEager } from './suite/eager.ts';

const golden = await loadGolden();

for (const threads of [1, 2]) {
  describe(`${threads} threads`, () => {
    const backend = createEager(threads, true);
    beforeAll(() => allJoined(backend, threads));
    describeBackend(() => createEager(threads, true));
    describeConformance(backend, { records, golden, mode: /^wasm-(relaxed-)?simd$/, threads });
  });
}
