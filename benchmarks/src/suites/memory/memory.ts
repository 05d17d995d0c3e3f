import type { Bench } from '../../bench.ts';
import { runInProcess } from '../../run-in-process.ts';

/** What a library says it holds. */
export interface Held {
  readonly bytes: number;
  readonly tensors: number;
}

/** As {@link Held}; ours also knows the most it held, and what it took from the system for it. */
export interface Memory extends Held {
  readonly peakBytes?: number;
  readonly reservedBytes?: number;
}

/** What steps.ts sends. */
export interface StepsReport {
  readonly ms: number;
  /** After the first 100 steps, and after all. */
  readonly soon: Held;
  readonly atEnd: Memory;
  readonly peakRssBytes: number;
}

/** Models of which a few steps tell what they take: `steps.ts` knows them by these names. */
const larger = [
  ['LeNet-5 step, b64, Adam', 'lenet5'],
  ['ResNet-20 step, 32×32, b64, Adam', 'resnet20'],
  ['LSTM 65→128 step, T 64, b32, Adam', 'lstm'],
] as const;

/** What steps of training hold, and whether many without one `dispose` take ever more. */
export async function memory(bench: Bench): Promise<void> {
  await manySteps(bench);
  for (const [work, model] of larger) {
    if (!bench.begins(work)) continue;
    reportMost(bench, work, '@dl', await runSteps('ours', 6, model));
  }
}

function runSteps(side: string, count: number, model: string): Promise<StepsReport> {
  return runInProcess(new URL('steps.ts', import.meta.url), [side, String(count), model]);
}

/** Many training steps without one `dispose`: how long they take, how much they hold, and whether that grows. */
async function manySteps(bench: Bench): Promise<void> {
  const count = bench.pace.rounds < 5 ? 200 : 10_000;
  const work = `${count.toLocaleString('en')} MLP 784-64-10 steps, b64, Adam`;
  if (!bench.begins(work)) return;
  const run = (side: string) => runSteps(side, count, 'mlp');
  const ours = await run('ours');
  report(bench, work, '@dl', ours);
  const tfjs = bench.invites('tfjs-wasm') ? await bench.attempt('tfjs-wasm', work, () => run('tfjs')) : undefined;
  if (tfjs !== undefined) {
    bench.row(work, 'tfjs-wasm', [ours.ms], [tfjs.ms]);
    report(bench, work, 'tfjs-wasm', tfjs);
  }
  const { pytorch } = bench;
  if (!bench.invites(pytorch.name)) return;
  const answer = await bench.attempt(pytorch.name, work, () =>
    pytorch.ask({ work: 'train', args: ['mlp', 64], iterations: count }),
  );
  if (answer?.ms !== undefined && answer.peakRssBytes !== undefined) {
    bench.row(work, pytorch.name, [ours.ms], [answer.ms * count]);
    bench.figure(work, `${pytorch.name}: greatest resident set`, answer.peakRssBytes / 1e6, 'MB');
  }
}

function report(bench: Bench, work: string, name: string, steps: StepsReport): void {
  const { soon, atEnd } = steps;
  bench.figure(work, `${name}: live early on`, soon.bytes, 'bytes');
  bench.figure(work, `${name}: live at the end`, atEnd.bytes, 'bytes');
  bench.figure(work, `${name}: tensors early on`, soon.tensors, 'tensors');
  bench.figure(work, `${name}: tensors at the end`, atEnd.tensors, 'tensors');
  reportMost(bench, work, name, steps);
}

function reportMost(bench: Bench, work: string, name: string, { atEnd, peakRssBytes }: StepsReport): void {
  if (atEnd.peakBytes !== undefined) bench.figure(work, `${name}: most live`, atEnd.peakBytes, 'bytes');
  if (atEnd.reservedBytes !== undefined) bench.figure(work, `${name}: reserved`, atEnd.reservedBytes, 'bytes');
  bench.figure(work, `${name}: greatest resident set`, peakRssBytes / 1e6, 'MB');
}
