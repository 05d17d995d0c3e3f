import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatasetUnavailableError, encodePng, instanceMaps, instanceMasks } from '../src/index.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-maps-'));
  for (const folder of ['images', 'maps']) await mkdir(join(root, folder));
});
afterEach(() => rm(root, { recursive: true }));

const grey = (shape: readonly number[], data: readonly number[]) =>
  encodePng({ shape, dtype: 'uint8', data: Uint8Array.from(data) });
const put = (path: string, bytes: Uint8Array) => writeFile(join(root, path), bytes);
const open = () => instanceMaps({ images: join(root, 'images'), maps: join(root, 'maps'), className: 'cell', split: 'train' });

describe('instanceMaps', () => {
  it('finds the box, the area and the mask of each number', async () => {
    // 9 lies in two pieces, 4 hides a part of it, 200 is one pixel at the end.
    const map = [9, 9, 0, 9, 4, 4, 0, 9, 0, 4, 0, 200];
    await put('maps/b.png', await grey([1, 3, 4], map));
    await put('maps/a.png', await grey([1, 3, 4], new Array<number>(12).fill(0)));
    for (const name of ['images/b.PNG', 'images/a.jpg', 'images/c.png'])
      await put(name, await grey([3, 3, 4], map.concat(map, map)));
    const cells = await open();
    expect([cells.size, cells.classNames, cells.split, (await cells.get(0)).boxes.shape]).toEqual([2, ['cell'], 'train', [0, 4]]);
    const sample = await cells.get(1);
    expect([sample.imageId, [...sample.boxes.data], [...sample.areas.data], [...sample.labels.data]]).toEqual([
      'b',
      [0, 1, 2, 3, 0, 0, 4, 2, 3, 2, 4, 3],
      [3, 4, 1],
      [0, 0, 0],
    ]);
    const masks = instanceMasks(sample.segmentations, [3, 4]);
    expect(masks.data).toEqual(Uint8Array.from([4, 9, 200].flatMap((number) => map.map((value) => Number(value === number)))));
  });

  it('refuses folders that do not belong together', async () => {
    await put('maps/a.png', await grey([1, 1, 2], [0, 1]));
    await expect(open()).rejects.toThrow(DatasetUnavailableError);
    await expect(open()).rejects.toThrow(`0 images for a.png in ${join(root, 'images')}`);
    for (const name of ['images/a.png', 'images/a.jpg']) await put(name, await grey([1, 2, 1], [0, 1]));
    await expect(open()).rejects.toThrow('2 images for a.png');
    await rm(join(root, 'images/a.jpg'));
    const cells = await open();
    await expect(cells.get(0)).rejects.toThrow(FormatError);
    await expect(cells.get(0)).rejects.toThrow('a map must have the size of its image, 2 × 1, got 1 × 2 in a.png');
    await expect(instanceMaps({ images: root, maps: join(root, 'none'), className: 'cell' })).rejects.toThrow('no folder');
  });
});

const nuclei = join(process.env.DL_DATA_DIR ?? '', 'nuclei');
interface Row {
  readonly id: string;
  readonly boxes_x0y0x1y1_area: ReadonlyArray<readonly number[]>;
}
describe.skipIf(!process.env.DL_DATA_DIR || !existsSync(nuclei))('nuclei of cells (DL_DATA_DIR)', () => {
  it('have the boxes and areas of their index', async () => {
    const rows: readonly Row[] = JSON.parse(await readFile(join(nuclei, 'index.json'), 'utf8'));
    const cells = await instanceMaps({ images: join(nuclei, 'images'), maps: join(nuclei, 'labels'), className: 'nucleus' });
    expect(cells.size).toBe(rows.length);
    for (let i = 0; i < cells.size; i += 60) {
      const { imageId, boxes, areas } = await cells.get(i);
      const wanted = rows.find(({ id }) => id === imageId)?.boxes_x0y0x1y1_area ?? [];
      const found = Array.from(areas.data, (area, n) => [...boxes.data.subarray(4 * n, 4 * n + 4), area]);
      const sorted = (list: ReadonlyArray<readonly number[]>) => list.map((row) => row.join(' ')).sort();
      expect(sorted(found)).toEqual(sorted(wanted));
    }
  });
});
