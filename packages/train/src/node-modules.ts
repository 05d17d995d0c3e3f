import { DlError } from '@dl/kernels';

/** What keeping runs on disk takes from Node. */
export interface NodeModules {
  readonly fs: typeof import('node:fs/promises');
  readonly path: typeof import('node:path');
}

/** Modules of Node, asked for at run time, so that a bundler for browsers has nothing to resolve. */
export function nodeModules(op: string): NodeModules {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined) {
    throw new DlError(op, 'needs the file system of Node, got none (in a browser, keep the bytes of encodeCheckpoint)');
  }
  return { fs: process.getBuiltinModule('node:fs/promises'), path: process.getBuiltinModule('node:path') };
}
