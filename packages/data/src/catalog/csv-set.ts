import { ArgumentError, type HostTensor } from '@dl/kernels';
import { csv } from '../csv/csv.ts';
import type { Dataset } from '../dataset.ts';
import { map } from '../datasets/map.ts';
import { split } from '../datasets/split.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
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
  const rows = first<Row>(all, options);
  const dealt = split(rows, shares, { seed, stratify: rows.labels });
  const parts = withValidation(dealt.train, options);
  const standardize = await standardization(parts.train);
  return {
    source: path,
    inputShape: [all.featureNames.length],
    classNames: all.classNames,
    train: standardize(parts.train),
    validation: parts.validation && standardize(parts.validation),
    test: standardize(dealt.test),
  };
}

/** What gives each feature of `train` mean 0 and deviation 1; one that never changes stays 0. */
async function standardization(train: Dataset<Row>): Promise<(part: Dataset<Row>) => Dataset<Row>> {
  const { x } = await train.get(0);
  const [sums, squares] = [new Float64Array(x.data.length), new Float64Array(x.data.length)];
  for (let index = 0; index < train.size; index++) {
    const row = (await train.get(index)).x.data;
    for (let i = 0; i < row.length; i++) {
      sums[i] += row[i];
      squares[i] += row[i] ** 2;
    }
  }
  const means = sums.map((sum) => sum / train.size);
  const deviations = squares.map((square, i) => Math.sqrt(Math.max(0, square / train.size - means[i] ** 2)) || 1);
  const change = ({ x: { shape, data }, y }: Row): Row => ({
    x: { shape, dtype: 'float32', data: Float32Array.from(data, (value, i) => (value - means[i]) / deviations[i]) },
    y,
  });
  return (part) => ({ ...map(part, change), labels: part.labels, classNames: part.classNames });
}
