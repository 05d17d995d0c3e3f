import { DlError } from '@dl/kernels';

/** What finding and downloading files takes from Node. */
export interface NodeModules {
  readonly fs: typeof import('node:fs/promises');
  readonly streams: typeof import('node:fs');
  readonly path: typeof import('node:path');
  readonly os: typeof import('node:os');
  readonly crypto: typeof import('node:crypto');
}

/** Modules of Node, asked for at run time, so that a bundler for browsers has nothing to resolve. */
export function nodeModules(op: string): NodeModules {
  if (typeof process === 'undefined' || process.getBuiltinModule === undefined) {
    throw new DlError(
      op,
      'needs the file system of Node, got none (in a browser, fetch the files and use gunzip, decodeIdx and ImageDataset)',
    );
  }
  return {
    fs: process.getBuiltinModule('node:fs/promises'),
    streams: process.getBuiltinModule('node:fs'),
    path: process.getBuiltinModule('node:path'),
    os: process.getBuiltinModule('node:os'),
    crypto: process.getBuiltinModule('node:crypto'),
  };
}
