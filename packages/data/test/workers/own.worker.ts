import { ArgumentError } from '@dl/kernels';
import { type Dataset, serveBatches, stackSamples } from '../../src/index.ts';

type Item = { readonly x: number };

const rows = new Int32Array([10, 20, 30]);
const bytes = Buffer.from(Uint8Array.of(10, 20, 30).buffer);

/** What a dataset may do to a worker, by the name that the loader's `workerOptions` have. */
const services: Readonly<Record<string, (index: number) => Item | Promise<Item>>> = {
  squares: (x) => ({ x: x * x }),
  refuses(x) {
    if (x === 5) throw new ArgumentError('own', `items must not be 5, got ${x}`);
    return { x };
  },
  cannot(x) {
    if (x === 5) throw new RangeError(`no item ${x}`);
    return { x };
  },
  dies(x) {
    if (x === 5) process.exit(3);
    return { x };
  },
  breaks(x) {
    if (x === 5) {
      setTimeout(() => {
        throw new Error('broken off');
      });
      return new Promise(() => {});
    }
    return { x };
  },
  // The first batches come last.
  dawdles: (x) => new Promise((resolve) => setTimeout(() => resolve({ x }), 5 * (11 - x))),
};

serveBatches<Item>((options) => {
  const {
    service = '',
    withTransform = false,
    withCollate = false,
  } = options as {
    readonly service?: string;
    readonly withTransform?: boolean;
    readonly withCollate?: boolean;
  };
  if (service === 'closed') throw new Error('no such folder');
  if (service === 'nothing') return {};
  if (service === 'kept') {
    // Hands out its own array: a batch must not take it away.
    const dataset: Dataset<Item> = {
      size: 3,
      get: (x) => ({ x }),
      getBatch: () => ({ x: { shape: [3], dtype: 'int32', data: rows } }),
    };
    return { dataset };
  }
  if (service === 'keptBuffer') {
    const dataset: Dataset<Item> = {
      size: 3,
      get: (x) => ({ x }),
      getBatch: () => ({ x: { shape: [3], dtype: 'uint8', data: bytes } }),
    };
    return { dataset };
  }
  const dataset: Dataset<Item> = { size: 12, get: services[service] };
  if (withCollate) return { dataset, collate: stackSamples };
  return withTransform ? { dataset, transform: (batch) => batch } : { dataset };
});
