import type { Bench } from '../bench.ts';
import { conv } from './conv/conv.ts';
import { elementwise } from './elementwise.ts';
import { gemm } from './gemm.ts';
import { load } from './load/load.ts';
import { loader } from './loader.ts';
import { memory } from './memory/memory.ts';
import { opsOverhead } from './ops-overhead.ts';
import { train } from './train/train.ts';

/** Comparisons about one thing. */
export type Suite = NodeSuite | PageSuite;

/** Comparisons in Node. */
export interface NodeSuite {
  /** Numbers of threads it is run on, one after the other, each in a process of its own. */
  readonly threads: readonly number[];
  readonly run: (bench: Bench) => Promise<void>;
}

/** Comparisons in a page of a browser. */
export interface PageSuite {
  /** A module that exports `answer`. */
  readonly page: URL;
}

/** The suites by name, in the order in which they are run. */
export const suites: { readonly [name: string]: Suite } = {
  gemm: { threads: [1, 2], run: gemm },
  conv: { threads: [1, 2], run: conv },
  elementwise: { threads: [1, 2], run: elementwise },
  'ops-overhead': { threads: [1], run: opsOverhead },
  train: { threads: [1, 2], run: train },
  loader: { threads: [1, 2], run: loader },
  memory: { threads: [1], run: memory },
  load: { threads: [1], run: load },
  gpu: { page: new URL('gpu/gpu-page.ts', import.meta.url) },
};
