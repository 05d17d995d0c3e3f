import { DlError } from '@dl/tensor';
import type { Module } from './module.ts';

interface Failure {
  readonly module: Module;
  readonly message: string;
}

const failures = new WeakMap<DlError, Failure>();

/**
 * Adds to an error where in `module` it happened: `… in features.3 (Conv2d)`. Each enclosing forward calls it as the error passes, the
 * innermost first, and lengthens the path by its own part.
 */
export function locateError(error: unknown, module: Module): unknown {
  if (!(error instanceof DlError)) return error;
  const failure = failures.get(error) ?? { module, message: error.message };
  failures.set(error, failure);
  const path = pathTo(failure.module, module);
  if (path === undefined) return error;
  const kind = failure.module.constructor.name;
  return error.restate(`${failure.message} in ${path === '' ? kind : `${path} (${kind})`}`);
}

/** Undefined where `outer` reaches `inner` by no member, but holds it in a private field or a closure. */
function pathTo(inner: Module, outer: Module): string | undefined {
  for (const [path, module] of outer.namedModules()) if (module === inner) return path;
  return undefined;
}
