import { FormatError, formatShape, type HostTensor } from '@dl/kernels';
import type { NodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { decodeIdx } from '../formats/decode-idx.ts';

/** The largest of the kind, EMNIST by class, takes 547 MB; a file that inflates to more than this is none. */
const maxBytes = 640 * 2 ** 20;

/** Images of 28×28 bytes and a class each, as MNIST's files have them. */
export interface IdxImages {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * Reads a file of images and one of labels.
 *
 * @param firstLabel - what class 0 is called in the file
 * @throws FormatError when one is truncated, corrupt or something else, or they do not fit each other
 */
export async function readIdxImages(
  node: NodeModules,
  op: string,
  [images, labels]: readonly string[],
  classes: number,
  firstLabel: number,
): Promise<IdxImages> {
  const [x, y] = await Promise.all([readIdx(node, op, images), readIdx(node, op, labels)]);
  if (x.shape.length !== 3 || x.shape[1] !== 28 || x.shape[2] !== 28) {
    throw new FormatError(op, `images must be [n, 28, 28], got ${formatShape(x.shape)}`).within(images);
  }
  if (y.shape.length !== 1 || y.shape[0] !== x.shape[0]) {
    throw new FormatError(op, `labels must be [${x.shape[0]}], one for each image, got ${formatShape(y.shape)}`).within(labels);
  }
  const last = firstLabel + classes - 1;
  const bad = y.data.findIndex((label) => label < firstLabel || label > last);
  if (bad >= 0) {
    throw new FormatError(op, `labels must be ${firstLabel} to ${last}, got ${y.data[bad]} (image ${bad})`).within(labels);
  }
  return { pixels: x.data, labels: firstLabel === 0 ? y.data : y.data.map((label) => label - firstLabel) };
}

interface ByteTensor extends HostTensor {
  readonly data: Uint8Array;
}

async function readIdx(node: NodeModules, op: string, path: string): Promise<ByteTensor> {
  try {
    const idx = decodeIdx(await readBytes(node, op, path, maxBytes));
    if (!(idx.data instanceof Uint8Array)) throw new FormatError(op, `elements must be bytes, got ${idx.dtype}`);
    return { ...idx, data: idx.data };
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}
