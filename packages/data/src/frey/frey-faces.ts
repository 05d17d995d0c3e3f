import { FormatError, type HostTensor } from '@dl/kernels';
import { ArrayDataset } from '../datasets/array-dataset.ts';
import { dataFolder } from '../files/data-folder.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { firstFile } from '../files/read-text.ts';
import { decodeMat } from '../formats/decode-mat.ts';

/** Options of {@link freyFaces}. */
export interface FreyFacesOptions {
  /** Where `frey_rawface.mat` is. Default: `$DL_DATA_DIR/frey`. */
  readonly directory?: string | undefined;
}

const op = 'freyFaces';
const fileName = 'frey_rawface.mat';
const pixels = 28 * 20;

/** The file has 1.1 MB. */
const maxBytes = 2 ** 24;

/**
 * Frey's face: 1,965 grey frames of a film of one man, 28 rows of 20 pixels, without classes: x float32 `[1, 28, 20]` in [0, 1]. In Node only, from
 * where you put `frey_rawface.mat`.
 *
 * @throws {@link DatasetUnavailableError} when it is not there
 * @throws {@link FormatError} when it is corrupt, or has another matrix
 * @example
 * const available = await freyFaces().catch(() => undefined);
 * available?.get(0).x.shape ?? [1, 28, 20] // [1, 28, 20]
 * @see Roweis, Saul & Hinton, Global coordination of local linear models, 2002
 */
export async function freyFaces({ directory }: FreyFacesOptions = {}): Promise<ArrayDataset<{ x: HostTensor }>> {
  const node = nodeModules(op);
  const root = dataFolder(node, op, 'frey', directory);
  const path = await firstFile(node, [node.path.join(root, fileName)]);
  if (path === undefined) throw new DatasetUnavailableError(op, [`no ${fileName} in ${root}`], `put ${fileName} there`);
  try {
    const { name, rows, columns, data } = await decodeMat(op, await readBytes(node, op, path, maxBytes), maxBytes);
    if (rows !== pixels) throw new FormatError(op, `the matrix must be ${pixels} x frames, got ${rows} x ${columns} (${name})`);
    const x = new Float32Array(data.length);
    for (let i = 0; i < x.length; i++) x[i] = data[i] / 255;
    return new ArrayDataset({ x: { shape: [columns, 1, 28, 20], dtype: 'float32', data: x } });
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}
