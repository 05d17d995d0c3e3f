import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DlError, FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheDirectory, DatasetUnavailableError, type DownloadProgress, mnist } from '../src/index.ts';

function idx(extents: readonly number[], elements: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * extents.length);
  header.set([0, 0, 8, extents.length]);
  extents.forEach((extent, i) => {
    header.writeUInt32BE(extent, 4 + 4 * i);
  });
  return Buffer.concat([header, elements]);
}

const images = idx([2, 28, 28], new Uint8Array(2 * 784).fill(255, 0, 784));
const labels = idx([2], new Uint8Array([7, 2]));

describe('mnist', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'dl-mnist-'));
    vi.stubEnv('DL_DATA_DIR', join(root, 'data'));
    vi.stubEnv('DL_CACHE_DIR', join(root, 'cache'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    await rm(root, { recursive: true });
  });

  async function put(folder: string, split: 'train' | 't10k', x = images, y = labels, suffix = ''): Promise<string> {
    await mkdir(join(root, folder), { recursive: true });
    const pack = (bytes: Uint8Array) => (suffix ? gzipSync(bytes) : bytes);
    await writeFile(join(root, folder, `${split}-images-idx3-ubyte${suffix}`), pack(x));
    await writeFile(join(root, folder, `${split}-labels-idx1-ubyte${suffix}`), pack(y));
    return join(root, folder);
  }

  it.each(['', '.gz'])('reads a directory, files named …ubyte%s', async (suffix) => {
    const directory = await put('here', 't10k', images, labels, suffix);
    const digits = await mnist({ split: 'test', directory });
    expect([digits.size, digits.imageShape, digits.classNames.length]).toEqual([2, [1, 28, 28], 10]);
    expect([...digits.labels]).toEqual([7, 2]);
    expect([digits.source, digits.split]).toEqual([directory, 'test']);
    const { x, y } = digits.get(0);
    expect([x.shape, x.dtype, y]).toEqual([[1, 28, 28], 'float32', 7]);
    expect(x.data[0]).toBeCloseTo((1 - 0.1307) / 0.3081, 6);
    expect(digits.get(1).x.data[783]).toBeCloseTo(-0.1307 / 0.3081, 6);
  });

  it('normalises as it is told', async () => {
    const directory = await put('here', 'train');
    const digits = await mnist({ split: 'train', directory, normalize: { mean: 0, std: 1 } });
    expect([digits.get(0).x.data[5], digits.get(1).x.data[5]]).toEqual([1, 0]);
  });

  it('reads DL_DATA_DIR', async () => {
    const folder = await put('data/mnist', 't10k');
    expect((await mnist({ split: 'test' })).source).toBe(`${folder} (DL_DATA_DIR)`);
  });

  it('looks nowhere else when a directory is given', async () => {
    await put('data/mnist', 't10k');
    const failure = mnist({ split: 'test', directory: join(root, 'nothing') });
    await expect(failure).rejects.toThrow(DatasetUnavailableError);
    await expect(failure).rejects.toThrow(`got no t10k-images-idx3-ubyte.gz in ${join(root, 'nothing')} (set DL_DATA_DIR`);
  });

  it('names every place that it tried', async () => {
    const folder = await put('data/mnist', 't10k');
    await rm(join(folder, 't10k-labels-idx1-ubyte'));
    await expect(mnist({ split: 'test', mirrors: ['http://127.0.0.1:9/'] })).rejects.toMatchObject({
      tried: [
        `no t10k-labels-idx1-ubyte.gz in ${folder} (DL_DATA_DIR)`,
        `no t10k-labels-idx1-ubyte.gz in ${join(root, 'cache', 'mnist')} (cache)`,
        expect.stringContaining('http://127.0.0.1:9/t10k-labels-idx1-ubyte.gz: fetch failed'),
      ],
    });
    await expect(mnist({ split: 'test', download: false })).rejects.toThrow('; download: false (');
    vi.stubEnv('DL_DATA_DIR', '');
    await expect(mnist({ split: 'test', download: false })).rejects.toThrow('got no DL_DATA_DIR; no ');
  });

  it('refuses a cached file that is not what was downloaded', async () => {
    const folder = await put('cache/mnist', 't10k', images, labels, '.gz');
    const failure = mnist({ split: 'test', download: false });
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow(`(delete ${join(folder, 't10k-labels-idx1-ubyte.gz')} to download it again)`);
  });

  it.each([
    ['cut images', images.subarray(0, 900), labels, 'elements of [2, 28, 28] take 1568 bytes, got 884 (truncated?'],
    ['images of another size', idx([2, 2, 2], new Uint8Array(8)), labels, 'images must be [n, 28, 28], got [2, 2, 2]'],
    ['labels for images', labels, images, 'images must be [n, 28, 28], got [2]'],
    ['a label too few', images, idx([1], new Uint8Array(1)), 'labels must be [2], one for each image, got [1]'],
    ['a label of 10', images, idx([2], new Uint8Array([0, 10])), 'labels must be 0 to 9, got 10 (image 1)'],
    ['images that are no bytes', Buffer.from([0, 0, 9, 1, 0, 0, 0, 1, 5]), labels, 'elements must be bytes, got int32'],
  ])('refuses %s, naming the file', async (_, x, y, message) => {
    const directory = await put('here', 't10k', x, y);
    const failure = mnist({ split: 'test', directory });
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(`in ${directory}`);
  });

  it('refuses a file that only says it is compressed, and a cut one', async () => {
    const directory = await put('here', 't10k', images, labels, '.gz');
    const path = join(directory, 't10k-images-idx3-ubyte.gz');
    await writeFile(path, (await readFile(path)).subarray(0, -12));
    await expect(mnist({ split: 'test', directory })).rejects.toThrow('gunzip: must be a sound gzip file');
    await writeFile(path, images);
    await expect(mnist({ split: 'test', directory })).rejects.toThrow(FormatError);
  });

  it('does not begin when its signal is aborted', async () => {
    await expect(mnist({ split: 'test', signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
  });

  it('says what to do in a browser', async () => {
    vi.stubGlobal('process', undefined);
    const failure = mnist({ split: 'test' });
    vi.unstubAllGlobals();
    await expect(failure).rejects.toThrow(DlError);
    await expect(failure).rejects.toThrow('in a browser, fetch the files and use gunzip, decodeIdx and ImageDataset');
  });

  it('keeps downloads in DL_CACHE_DIR, XDG_CACHE_HOME/dl or ~/.cache/dl', () => {
    expect(cacheDirectory()).toBe(join(root, 'cache'));
    vi.stubEnv('DL_CACHE_DIR', '');
    vi.stubEnv('XDG_CACHE_HOME', '/xdg');
    expect(cacheDirectory()).toBe(join('/xdg', 'dl'));
    vi.stubEnv('XDG_CACHE_HOME', '');
    vi.stubEnv('HOME', '/home/somebody');
    expect(cacheDirectory()).toBe(join('/home/somebody', '.cache', 'dl'));
  });
});

const shared = process.env.DL_DATA_DIR && join(process.env.DL_DATA_DIR, 'mnist');
const real = shared && existsSync(shared) ? shared : undefined;

describe.skipIf(real === undefined)('the real MNIST (DL_DATA_DIR)', () => {
  it('has 60,000 and 10,000 digits with the known labels and pixels', async () => {
    const train = await mnist({ split: 'train' });
    const test = await mnist({ split: 'test' });
    expect([train.size, test.size]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    let sum = 0;
    for (let i = 0; i < train.size; i++) for (const pixel of train.pixels(i)) sum += pixel;
    expect(sum / (train.size * 784 * 255)).toBeCloseTo(0.1307, 4);
  });

  it('is downloaded into the cache, checked, and found there the next time', async () => {
    const root = await mkdtemp(join(tmpdir(), 'dl-mnist-'));
    const server = createServer((request, response) => {
      readFile(join(real!, request.url!)).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const mirrors = [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`];
    vi.stubEnv('DL_DATA_DIR', '');
    vi.stubEnv('DL_CACHE_DIR', root);
    try {
      const progress: DownloadProgress[] = [];
      const test = await mnist({ split: 'test', mirrors, onProgress: (event) => progress.push(event) });
      expect(test.size).toBe(10_000);
      expect(test.source).toBe(`${mirrors[0]}t10k-images-idx3-ubyte.gz (downloaded to ${join(root, 'mnist')})`);
      expect(progress.at(-1)).toEqual({ file: 't10k-images-idx3-ubyte.gz', receivedBytes: 1_648_877, totalBytes: 1_648_877 });
      expect((await readdir(join(root, 'mnist'))).sort()).toEqual(['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz']);
      expect((await mnist({ split: 'test', download: false })).source).toBe(`${join(root, 'mnist')} (cache)`);
      await copyFile(join(real!, 't10k-labels-idx1-ubyte.gz'), join(root, 'mnist', 't10k-images-idx3-ubyte.gz'));
      await expect(mnist({ split: 'test', mirrors })).rejects.toThrow('to download it again');
    } finally {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(root, { recursive: true });
    }
  });
});
