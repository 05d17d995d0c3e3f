import type { Backend, KernelBuffer } from '@dl/kernels';
import { type Freed, freedBy } from './freed.ts';
import { isRecording } from './recorder.ts';
import { Tensor } from './tensor.ts';

/** The tensors made since a scope was opened, and the scope around it. */
interface Scope {
  readonly outer: Scope | undefined;
  readonly made: Tensor[];
}

interface Reference {
  readonly backend: Backend;
  readonly buffer: KernelBuffer;
}

let current: Scope | undefined;

/** The backstop for tensors that no scope owns and nobody disposes: frees the block some time after the handle is unreachable. */
const orphans = new FinalizationRegistry<Reference>(({ backend, buffer }) => backend.release(buffer));

/** Gives a new tensor to the innermost scope, or to the garbage collector's care where there is none. */
export function track(tensor: Tensor): void {
  tensor.owner = current;
  if (current !== undefined) current.made.push(tensor);
  else entrust(tensor);
}

/** The innermost scope: the {@link Tensor.owner} of what is made now. */
export function currentScope(): object | undefined {
  return current;
}

/** Gives a tensor to the garbage collector's care. */
export function entrust(tensor: Tensor): void {
  orphans.register(tensor, { backend: tensor.backend, buffer: tensor.buffer }, tensor);
}

/** Withdraws a tensor that is freed explicitly, or whose block changes, from the garbage collector's care. */
export function untrack(tensor: Tensor): void {
  orphans.unregister(tensor);
}

/**
 * Runs `fn` and frees every tensor made inside, but those it returns and those given to {@link keep}. The returned value is searched
 * through arrays, maps and plain objects. Scopes nest; what one returns belongs to the scope around it.
 *
 * While a gradient is being recorded nothing is freed before the recording ends.
 *
 * @param fn - synchronous: after an `await` another scope may be open
 * @example
 * const x = tensor([3, 4]);
 * const length = tidy(() => x.square().sum().sqrt());
 * await length.item() // 5
 */
export function tidy<T>(fn: () => T): T {
  return runScope('tidy', fn);
}

/**
 * As {@link tidy}, naming what closed the scope in the errors of tensors used after it.
 *
 * @param by - the name, or for many small scopes what {@link freedBy} made of it once
 */
export function runScope<T>(by: string | Freed, fn: () => T): T {
  const scope: Scope = { outer: current, made: [] };
  current = scope;
  let result: T | undefined;
  try {
    result = fn();
    return result;
  } finally {
    current = scope.outer;
    closeScope(scope, by, result);
  }
}

/** Opens a scope that the returned function closes; `survivors` are searched as the result of {@link tidy} is. */
export function openScope(name: string): (survivors: unknown) => void {
  const scope: Scope = { outer: current, made: [] };
  current = scope;
  return (survivors) => {
    if (current !== scope) throw new Error(`${name}: scopes must be closed in the reverse order of their opening`);
    current = scope.outer;
    closeScope(scope, name, survivors);
  };
}

/**
 * Exempts a tensor from every open scope: it lives until `dispose()`.
 *
 * @returns `x` itself
 */
export function keep<T extends Tensor>(x: T): T {
  if (x.owner === undefined) return x;
  x.owner = undefined;
  entrust(x);
  return x;
}

function closeScope(scope: Scope, by: string | Freed, result: unknown): void {
  const made = scope.made.filter(({ owner }) => owner === scope);
  if (made.length === 0) return;
  if (isRecording()) {
    made.forEach(track);
    return;
  }
  const survivors = new Set<Tensor>();
  collectTensors(result, survivors);
  const freed = typeof by === 'string' ? freedBy(by) : by;
  for (const tensor of made) {
    if (survivors.has(tensor)) track(tensor);
    else tensor.free(freed);
  }
}

function collectTensors(value: unknown, into: Set<Tensor>): void {
  if (value instanceof Tensor) into.add(value);
  else if (Array.isArray(value)) for (const item of value) collectTensors(item, into);
  else if (value instanceof Map || value instanceof Set) for (const item of value.values()) collectTensors(item, into);
  else if (value !== null && typeof value === 'object' && isPlain(value))
    for (const item of Object.values(value)) collectTensors(item, into);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
