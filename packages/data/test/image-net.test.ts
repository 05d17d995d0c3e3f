import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatasetUnavailableError, imageNet } from '../src/index.ts';
import golden from './golden/images.json' with { type: 'json' };

const jpeg = Buffer.from(golden.jpeg[0].file, 'base64');
const [tench, goldfish, shark] = ['n01440764', 'n01443537', 'n01484850'];
const image = (number: number): string => `ILSVRC2012_val_${`${number}`.padStart(8, '0')}`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-imagenet-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

async function put(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

const train = { [`train/${shark}/${shark}_1.JPEG`]: jpeg, [`train/${tench}/${tench}_7.JPEG`]: jpeg };
const flat = { [`val/${image(1)}.JPEG`]: jpeg, [`val/${image(2)}.JPEG`]: jpeg };
const mapping = `${tench} tench, Tinca tinca\n${goldfish} goldfish\n${shark} great white shark\n`;

describe('imageNet', () => {
  it('numbers synsets in alphabetical order and calls them by their words', async () => {
    await put({ ...train, 'words.txt': `${tench}\ttench, Tinca tinca\n${shark}\tshark\n${goldfish}\tnot here\n` });
    const photographs = await imageNet({ split: 'train', directory: root, resize: 12, centerCrop: 8 });
    expect([photographs.classNames, [...photographs.labels], photographs.split]).toEqual([
      ['tench, Tinca tinca', 'shark'],
      [0, 1],
      'train',
    ]);
    const { x, y } = await photographs.get(1);
    expect([x.shape, y]).toEqual([[3, 8, 8], 1]);
    expect(Math.min(...x.data)).toBeLessThan(-1);
    const { source } = photographs;
    vi.stubEnv('DL_DATA_DIR', dirname(root));
    await expect(imageNet({ split: 'train' })).rejects.toThrow(`no folder ${join(dirname(root), 'imagenet', 'train')}`);
    expect(source).toBe(join(root, 'train'));
  });

  it('gives a part the labels of the whole, by LOC_synset_mapping.txt, as Kaggle packs it', async () => {
    const inside = (files: Readonly<Record<string, Uint8Array>>) =>
      Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`ILSVRC/Data/CLS-LOC/${path}`, bytes]));
    const solution = `ImageId,PredictionString\n${image(2)},${goldfish} 85 1 499 272 \n${image(1)},${shark} 1 2 3 4 ${shark} 5 6 7 8\n`;
    await put({ ...inside(train), ...inside(flat), 'LOC_synset_mapping.txt': mapping, 'LOC_val_solution.csv': solution });
    expect([...(await imageNet({ split: 'train', directory: root })).labels]).toEqual([0, 2]);
    const validation = await imageNet({ split: 'validation', directory: root });
    expect([[...validation.labels], validation.classNames.length, validation.split]).toEqual([[2, 1], 3, 'validation']);
  });

  it.each([
    ['names and indices', 'val.txt', `${image(1)}.JPEG 1\n${image(2)}.JPEG 0\n`],
    ['names and synsets', 'val_map.txt', `${image(2)}.JPEG ${tench}\n${image(1)}.JPEG ${shark}\n`],
    ['a synset a line', 'val_map.txt', `${shark}\n${tench}\n`],
    ['IDs of the devkit', 'ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt', '490\n23\n'],
  ])('reads a validation map of %s', async (_, name, text) => {
    const ids = `${shark} 490 great_white_shark\n${tench} 23 tench\n`;
    await put({ ...train, ...flat, [name]: text, 'ILSVRC2012_devkit_t12/data/map_clsloc.txt': ids });
    expect([...(await imageNet({ split: 'validation', directory: root })).labels]).toEqual([1, 0]);
    const validationMap = join(root, 'own.txt');
    await put({ 'own.txt': `${image(1)}.JPEG 0\n${image(2)}.JPEG 0\n` });
    expect([...(await imageNet({ split: 'validation', directory: root, validationMap })).labels]).toEqual([0, 0]);
  });

  it('reads a validation split in folders, without a map', async () => {
    await put({ [`val/${goldfish}/${image(3)}.JPEG`]: jpeg, [`val/${tench}/${image(9)}.JPEG`]: jpeg });
    const validation = await imageNet({ split: 'validation', directory: root });
    expect([validation.classNames, [...validation.labels]]).toEqual([
      [tench, goldfish],
      [0, 1],
    ]);
  });

  it('refuses lists that do not fit, by file and line', async () => {
    const refused: ReadonlyArray<readonly [Readonly<Record<string, string>>, string]> = [
      [{ 'LOC_synset_mapping.txt': `${tench} a\n${tench} b\n` }, 'a synset of its own and its words'],
      [{ 'LOC_synset_mapping.txt': 'tench\n' }, "got 'tench' (line 1)"],
      [{ 'LOC_synset_mapping.txt': mapping, 'val.txt': `${image(1)}.JPEG 3\n` }, `got '${image(1)}.JPEG 3' (line 1) in`],
      [{ 'val.txt': `${image(1)}.JPEG 0\n` }, `must have every image, got none of ${image(2)} in 1`],
      [{ 'val.txt': `${image(1)}.JPEG 0\n${image(1)}.JPEG 1\n` }, `got two of ${image(1)} (line 2)`],
      [{ 'val.txt': `${image(1)}.JPEG ${goldfish}\n${image(2)}.JPEG ${goldfish}\n` }, `must be one of 2, got ${goldfish}`],
      [{ 'ILSVRC2012_validation_ground_truth.txt': '1\n2\n' }, 'needs map_clsloc.txt'],
    ];
    await put({ ...train, ...flat });
    for (const [files, message] of refused) {
      await put(files);
      const reading = imageNet({ split: 'validation', directory: root });
      await expect(reading, message).rejects.toThrow(FormatError);
      await expect(reading, message).rejects.toThrow(message);
      for (const name of Object.keys(files)) await rm(join(root, name));
    }
  });

  it('says what it missed', async () => {
    await expect(imageNet({ split: 'train', directory: root })).rejects.toThrow(DatasetUnavailableError);
    await put({ ...train, ...flat });
    await expect(imageNet({ split: 'validation', directory: root })).rejects.toThrow(
      'neither folders of synsets nor images and their map',
    );
  });
});
