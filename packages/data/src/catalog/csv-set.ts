import { ArgumentError, type HostTensor } from '@dl/kernels';
import { csv } from '../csv/csv.ts';
import type { Dataset } from '../dataset.ts';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import { split } from '../datasets/split.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { stackSamples } from '../loader/stack-samples.ts';
import type { CatalogOptions } from './named-dataset.ts';
import { first, type Parts, withValidation } from './parts.ts';

const maxBytes = 2 ** 28;
const testShare = 0.2;

type Row = { readonly x: HostTensor; readonly y: HostTensor };

/** A table of numbers with a column to predict; a fifth of its rows is to test with, and features get mean 0 and deviation 1 in training. */
export async function loadCsv(path: string, options: CatalogOptions): Promise<Parts> {
  const { target, regression = false, seed = 0 } = options;
  if (target === undefined)
    throw new ArgumentError('createDataset', `target must name the column of ${path} to predict, got none`);
  const bytes = await readBytes(nodeModules('createDataset'), 'csv', path, maxBytes);
  const delimiter = /\.tsv(\.gz)?$/.test(path) ? '\t' : ',';
  const all = await csv(new TextDecoder().decode(bytes), { target, classes: !regression, delimiter });
  const shares = { train: 1 - testShare, test: testShare };
  const dealt = split<Row, 'train' | 'test'>(all, shares, { seed, stratify: all.labels });
  const parts = withValidation(first(dealt.train, options), options);
  const standardize = await standardization(parts.train);
  return {
    source: path,
    inputShape: [all.featureNames.length],
    classNames: all.classNames,
    train: await standardize(parts.train),
    validation: parts.validation && (await standardize(parts.validation)),
    test: await standardize(first(dealt.test, options)),
  };
}

/** What gives each feature of `train` mean 0 and deviation 1; one that never changes there is moved only. */
async function standardization(train: Dataset<Row>): Promise<(part: Dataset<Row>) => Promise<Dataset<Row>>> {
  const { x: row } = await train.get(0);
  // Sums of differences to the first row: they are exactly 0 for what never changes, and do not cancel for large numbers.
  const origin = Float64Array.from(row.data);
  const [sums, squares] = [new Float64Array(origin.length), new Float64Array(origin.length)];
  for (let index = 0; index < train.size; index++) {
    const { data } = (await train.get(index)).x;
    for (let i = 0; i < data.length; i++) {
      sums[i] += data[i] - origin[i];
      squares[i] += (data[i] - origin[i]) ** 2;
    }
  }
  const means = sums.map((sum) => sum / train.size);
  const deviations = squares.map((square, i) => Math.sqrt(Math.max(0, square / train.size - means[i] ** 2)) || 1);
  return async (part) => {
    const rows = Array.from({ length: part.size }, (_, index) => part.get(index));
    const { x, y } = stackSamples(await Promise.all(rows));
    const data = Float32Array.from(x.data, (value, i) => {
      const column = i % origin.length;
      return (value - origin[column] - means[column]) / deviations[column];
    });
    const { split: name, labels, classNames } = part;
    return new ArrayDataset({ x: { shape: x.shape, dtype: 'float32', data }, y }, { split: name, labels, classNames });
  };
}
