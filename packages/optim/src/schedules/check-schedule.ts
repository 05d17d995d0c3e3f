import { ArgumentError } from '@dl/kernels';

/**
 * Refuses a count of steps that is not a positive integer.
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkSteps(op: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new ArgumentError(op, `${name} must be a positive integer, got ${value}`);
}

/**
 * Refuses a factor outside [0, 1].
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkFactor(op: string, name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new ArgumentError(op, `${name} must be in [0, 1], got ${value}`);
}

/**
 * One number for all groups of an optimiser, or one a group.
 *
 * @throws {@link ArgumentError} unless there is one a group, and each is a number ≥ 0
 */
export function eachGroup(op: string, name: string, value: number | readonly number[], groups: number): readonly number[] {
  const values = typeof value === 'number' ? Array<number>(groups).fill(value) : value;
  if (values.length !== groups) throw new ArgumentError(op, `${name} must have ${groups} numbers, got ${values.length}`);
  for (const one of values) if (!(one >= 0)) throw new ArgumentError(op, `${name} must be a number ≥ 0, got ${one}`);
  return values;
}

/**
 * Refuses milestones that are not whole steps in growing order.
 *
 * @throws {@link ArgumentError} showing them
 */
export function checkMilestones(op: string, milestones: readonly number[]): void {
  if (milestones.some((step, i) => !Number.isInteger(step) || step < (milestones[i - 1] ?? 1))) {
    throw new ArgumentError(op, `milestones must be positive integers in growing order, got [${milestones.join(', ')}]`);
  }
}
