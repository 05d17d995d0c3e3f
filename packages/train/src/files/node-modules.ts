import { DlError } from '@dl/kernels';

/** What the callbacks that write files take from Node. */
export interface NodeModules {
  readonly fs: typeof import('node:fs/promises');
  readonly path: typeof import('node:path');
  readonly os: typeof import('node:os');
}

/** Node's file system, asked for at run time, so that a bundler for browsers has nothing to resolve. */
export function nodeModules(op: string): NodeModules {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined)
    throw new DlError(op, 'needs the file system of Node, got none');
  return {
    fs: process.getBuiltinModule('node:fs/promises'),
    path: process.getBuiltinModule('node:path'),
    os: process.getBuiltinModule('node:os'),
  };
}
