import type { HostTensor } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';

/** What a metric has gathered so far: numbers and tensors by name. */
export type MetricState = Readonly<Record<string, number | HostTensor | undefined>>;

/**
 * A figure about a model's outputs, gathered batch by batch. Updates stay on the device and nothing is read back before `compute`, so a
 * metric costs a training step a few small kernels and no waiting.
 */
export interface Metric<Value = number> {
  /** Takes in a batch: what the model returned, and what it should have. */
  update(output: Tensor, target: Tensor): void;
  /** The figure over all batches since the last reset. Reading does not change it. */
  compute(): Promise<Value>;
  /** Forgets all batches and frees what was kept of them. */
  reset(): void;
  /** What it has gathered, read back: what a checkpoint in the middle of an epoch keeps of it. */
  state?(): Promise<MetricState>;
  /** Takes over what `state` gave, in place of what it has. */
  restore?(state: MetricState): void;
}

/** Metrics by name. */
export type Metrics<Value = unknown> = Readonly<Record<string, Metric<Value>>>;

/** What metrics compute, by the same names. */
export type MetricValues<M extends Metrics> = { readonly [K in keyof M]: M[K] extends Metric<infer Value> ? Value : never };

/** Reads all metrics of a record. */
export async function computeAll<M extends Metrics>(metrics: M): Promise<MetricValues<M>> {
  const entries = Object.entries(metrics).map(async ([name, metric]) => [name, await metric.compute()] as const);
  return Object.fromEntries(await Promise.all(entries)) as MetricValues<M>;
}
