import { existsSync } from 'node:fs';
import { datasetNames } from '@dl/data';
import { nearestName } from '@dl/kernels';
import { InvalidArgumentError } from 'commander';

/** An integer of at least `least`. */
export function integer(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be an integer of at least ${least}.`);
  };
}

/** A finite number above `low`, or from it on; below `high`. */
export function number(
  low: number,
  { inclusive = false, high = Infinity }: { inclusive?: boolean; high?: number } = {},
): (value: string) => number {
  return (value) => {
    const parsed = Number(value);
    const isHighEnough = inclusive ? parsed >= low : parsed > low;
    if (value.trim() !== '' && isHighEnough && parsed < high && Number.isFinite(parsed)) return parsed;
    const bound = high === Infinity ? '' : ` and below ${high}`;
    throw new InvalidArgumentError(`It must be a number ${inclusive ? 'of at least' : 'above'} ${low}${bound}.`);
  };
}

/** One of some names; another one is told which it may have meant. */
export function oneOf<T extends string>(names: readonly T[]): (value: string) => T {
  return (value) => {
    const found = names.find((name) => name === value);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(unknown(value, names));
  };
}

/** A dataset by name, or the path of a file or folder. */
export function dataset(value: string): string {
  if (datasetNames.some((name) => name === value) || existsSync(value)) return value;
  throw new InvalidArgumentError(`It is no path either. ${unknown(value, datasetNames)}`);
}

/** Extents such as `3x32x32`. */
export function extents(value: string): readonly number[] {
  const parsed = value.split(/[x×,]/).map(Number);
  if (parsed.every((extent) => Number.isSafeInteger(extent) && extent > 0)) return parsed;
  throw new InvalidArgumentError('It must be extents such as 3x32x32.');
}

/** Values with commas between them, or the option several times. */
export function list(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...value.split(',').map((part) => part.trim())];
}

function unknown(value: string, names: readonly string[]): string {
  const near = nearestName(value, names);
  return `${near === undefined ? '' : `Did you mean ${near}? `}There is ${names.join(', ')}.`;
}
