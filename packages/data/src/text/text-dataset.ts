import { ArgumentError, type HostTensor } from '@dl/kernels';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import type { CharVocabulary } from './char-vocabulary.ts';

/** Options of {@link textDataset}. */
export interface TextOptions {
  /** What the characters' numbers are: that of the training text, for other texts too. */
  readonly vocabulary: CharVocabulary;
  /** Characters a window, $T$. */
  readonly length: number;
  /** Parts of the text that are read side by side: the batch size, where a state is carried from batch to batch. Default 1. */
  readonly streams?: number | undefined;
  /** What the text is for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
}

/**
 * Windows of a text for a character model, x int32 `[T]` and the characters that follow each, y int32 `[T]`, $y_t = x_{t+1}$.
 *
 * Windows do not overlap. With $B$ `streams` the text is cut into $B$ runs of equal length, and item $kB + r$ is window $k$ of run $r$: in a
 * `DataLoader` of batch size $B$ that does not shuffle, row $r$ of each batch goes on where that of the last batch stopped, as
 * truncated backpropagation through time needs. With one stream, shuffle. What fills no window is left out.
 *
 * @throws ArgumentError when the length or the streams are no positive integers, or a character is not in the vocabulary
 * @example
 * const text = 'to be or not to be';
 * const vocabulary = charVocabulary(text);
 * const windows = textDataset(text, { vocabulary, length: 4 });
 * windows.size // 4
 * vocabulary.decode(windows.get(1).x.data) // 'e or'
 * vocabulary.decode(windows.get(1).y.data) // ' or '
 * @see Williams & Peng, An efficient gradient-based algorithm for on-line training of recurrent network trajectories, 1990
 */
export function textDataset(
  text: string,
  { vocabulary, length, streams = 1, split }: TextOptions,
): ArrayDataset<{ readonly x: HostTensor; readonly y: HostTensor }> {
  for (const [name, value] of Object.entries({ length, streams })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new ArgumentError('textDataset', `${name} must be a positive integer, got ${value}`);
    }
  }
  const numbers = vocabulary.encode(text);
  const windows = Math.max(0, Math.floor((numbers.length - 1) / (streams * length)));
  const size = windows * streams;
  const x = new Int32Array(size * length);
  const y = new Int32Array(size * length);
  for (let item = 0; item < size; item++) {
    const begin = ((item % streams) * windows + Math.floor(item / streams)) * length;
    x.set(numbers.subarray(begin, begin + length), item * length);
    y.set(numbers.subarray(begin + 1, begin + length + 1), item * length);
  }
  const shape = [size, length];
  return new ArrayDataset({ x: { shape, dtype: 'int32', data: x }, y: { shape, dtype: 'int32', data: y } }, { split });
}
