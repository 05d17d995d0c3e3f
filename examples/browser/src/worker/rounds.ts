import type { LabelledBatch, Loader } from '@dl/train';

/** The first `length` batches of each epoch of a shuffled loader: an epoch that is short enough to look at the network after each. */
export function rounds(loader: AsyncIterable<LabelledBatch>, length: number): Loader {
  return {
    length,
    async *[Symbol.asyncIterator]() {
      let taken = 0;
      for await (const batch of loader) {
        yield batch;
        if (++taken === length) return;
      }
    },
  };
}
