import { FormatError } from '@dl/kernels';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import { findFiles } from '../files/find-files.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { charVocabulary } from '../text/char-vocabulary.ts';
import { splitText } from '../text/split-text.ts';
import { textDataset } from '../text/text-dataset.ts';
import type { CatalogOptions } from './named-dataset.ts';
import type { Parts } from './parts.ts';

const maxBytes = 2 ** 28;
/** The end of a text, which is never trained on. */
const testShare = 0.05;

/** Part of the works of Shakespeare, a million characters. */
export async function loadTinyShakespeare(options: CatalogOptions): Promise<Parts> {
  const node = nodeModules('tinyshakespeare');
  const wanted = { op: 'tinyshakespeare', folder: 'tinyshakespeare', sets: [['input.txt']], remote: [] };
  const { paths, source } = await findFiles(node, wanted, [], options);
  return loadText(paths[0], options, source);
}

/** A text file: its end is the test set, what stands before that is to validate with, and windows of the rest are to train on. */
export async function loadText(path: string, options: CatalogOptions, source: string = path): Promise<Parts> {
  const { validation = 0.1, length = 128, streams, limit = Infinity } = options;
  const bytes = await readBytes(nodeModules('createDataset'), 'text', path, maxBytes);
  const text = new TextDecoder().decode(bytes).slice(0, limit === Infinity ? undefined : limit * (length + 1));
  if (text.length < 2) throw new FormatError('text', `must have characters, got ${text.length}`).within(path);
  const vocabulary = charVocabulary(text);
  const { train: before, validation: test } = splitText(text, testShare);
  const { train, validation: middle } = validation === 0 ? { train: before, validation: '' } : splitText(before, validation);
  const windows = (part: string, name: string, rows?: number): Parts['test'] =>
    new ArrayDataset(textDataset(part, { vocabulary, length, streams: rows }).fields, { split: name });
  return {
    source,
    inputShape: [length],
    classNames: vocabulary.chars,
    train: windows(train, 'train', streams),
    validation: validation === 0 ? undefined : windows(middle, 'validation'),
    test: windows(test, 'test'),
    vocabulary,
  };
}
