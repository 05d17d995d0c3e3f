import { DlError } from '@dl/kernels';

/** What the file functions take from Node. */
export interface NodeModules {
  readonly fs: typeof import('node:fs/promises');
  readonly path: typeof import('node:path');
}

/** Node's file system, asked for at run time, so that a bundler for browsers has nothing to resolve. */
export function nodeModules(op: string): NodeModules {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined) {
    throw new DlError(op, 'needs the file system of Node for a path, got none (in a browser, pass a Blob or the bytes)');
  }
  return { fs: process.getBuiltinModule('node:fs/promises'), path: process.getBuiltinModule('node:path') };
}
