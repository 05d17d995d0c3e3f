import { ArgumentError, type HostTensor } from '@dl/kernels';
import { isHostTensor } from '../checkpoints/state-tree.ts';
import type { MetricState } from './metric.ts';

/** A number of a {@link MetricState}; refuses a state without. */
export function numberOf(op: string, state: MetricState, name: string): number {
  const value = state[name];
  if (typeof value === 'number') return value;
  throw new ArgumentError(op, `the state must have the number ${name}, got ${typeof value}`);
}

/** A tensor of a {@link MetricState}, or undefined where it has none. */
export function tensorOf(op: string, state: MetricState, name: string): HostTensor | undefined {
  const value = state[name];
  if (value === undefined || isHostTensor(value)) return value;
  throw new ArgumentError(op, `the state must have a tensor as ${name}, got ${typeof value}`);
}
