/**
 * The package picture: what the sources of each package may import of the others. `check-arrows.mjs` keeps it and writes it into
 * `docs/architecture.md`. Whatever is not named here (examples, docs) is an application: it may import every public package.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const arrows = {
  '@dl/kernels': [],
  '@dl/io': ['@dl/kernels'],
  '@dl/kernels-wasm': ['@dl/kernels'],
  '@dl/kernels-gpu': ['@dl/kernels'],
  '@dl/tensor': ['@dl/kernels', '@dl/kernels-wasm', '@dl/kernels-gpu'],
  '@dl/autograd': ['@dl/kernels', '@dl/tensor'],
  '@dl/layers': ['@dl/kernels', '@dl/tensor'],
  '@dl/optim': ['@dl/kernels', '@dl/tensor'],
  '@dl/data': ['@dl/kernels', '@dl/io', '@dl/tensor'],
  '@dl/models': ['@dl/kernels', '@dl/tensor', '@dl/layers'],
  '@dl/train': ['@dl/kernels', '@dl/tensor', '@dl/autograd', '@dl/layers', '@dl/optim', '@dl/data', '@dl/io'],
  '@dl/viz': ['@dl/kernels', '@dl/autograd', '@dl/layers'],
  '@dl/cli': ['@dl/kernels', '@dl/io', '@dl/tensor', '@dl/layers', '@dl/optim', '@dl/data', '@dl/models', '@dl/train'],
  '@dl/testing': ['@dl/kernels', '@dl/kernels-wasm', '@dl/tensor', '@dl/autograd'],
};

/** Backends behind the contract: among the public packages only `@dl/tensor`, which chooses one, may name them. */
export const backends = ['@dl/kernels-wasm', '@dl/kernels-gpu'];
