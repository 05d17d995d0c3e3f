import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatasetUnavailableError, encodePng, omniglot } from '../src/index.ts';

const picture = (value: number): Promise<Uint8Array<ArrayBuffer>> =>
  encodePng({ shape: [1, 2, 2], dtype: 'uint8', data: new Uint8Array(4).fill(value) });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-omniglot-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const characters = [
  'Greek/character01/0700_01',
  'Greek/character01/0700_02',
  'Greek/character02/0701_20',
  'Latin/character01/0800_07',
];
const paths = characters.map((name) => `${name}.png`);

describe('omniglot', () => {
  it.each(['archive', 'folder'])('reads alphabets, characters and people of an %s', async (kind) => {
    const files = await Promise.all(paths.map(async (path, i) => [`images_evaluation/${path}`, await picture(i)] as const));
    if (kind === 'archive') await writeFile(join(root, 'images_evaluation.zip'), zipSync(Object.fromEntries(files.toReversed())));
    for (const [path, bytes] of kind === 'folder' ? files : []) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
    }
    const drawn = await omniglot({ part: 'evaluation', directory: root });
    expect(drawn.classNames).toEqual(['Greek/character01', 'Greek/character02', 'Latin/character01']);
    expect([drawn.alphabets, [...drawn.alphabetOfClass], [...drawn.drawers]]).toEqual([
      ['Greek', 'Latin'],
      [0, 0, 1],
      [1, 2, 20, 7],
    ]);
    expect([[...drawn.labels], drawn.split]).toEqual([[0, 0, 1, 2], 'test']);
    const pixels = await Promise.all(paths.map(async (_, i) => (await drawn.pixels(i)).data[0]));
    expect(pixels).toEqual([0, 1, 2, 3]);
  });

  it('refuses what is not theirs, and says what it missed', async () => {
    await expect(omniglot({ part: 'background', directory: root })).rejects.toThrow(DatasetUnavailableError);
    vi.stubEnv('DL_DATA_DIR', '');
    await expect(omniglot({ part: 'background' })).rejects.toThrow('no DL_DATA_DIR');
    const archive = join(root, 'images_background.zip');
    await writeFile(archive, zipSync({ 'images_background/cat.png': await picture(0) }));
    await expect(omniglot({ part: 'background', directory: root })).rejects.toThrow('got images_background/cat.png');
    await writeFile(archive, zipSync({ '../../up.png': await picture(0) }));
    await expect(omniglot({ part: 'background', directory: root })).rejects.toThrow(
      `inside of the archive, got '../../up.png' in ${archive}`,
    );
    await writeFile(archive, zipSync({}));
    await expect(omniglot({ part: 'background', directory: root })).rejects.toThrow('there must be pictures, got none');
  });
});

const data = process.env.DL_DATA_DIR;

describe.skipIf(!data)('the published Omniglot (needs DL_DATA_DIR)', () => {
  it('has 136 characters of 5 alphabets by 20 people', async () => {
    const drawn = await omniglot({ part: 'backgroundSmall1', resize: 28 });
    expect([drawn.size, drawn.classNames.length, drawn.alphabets.length, drawn.split]).toEqual([2720, 136, 5, 'train']);
    expect(drawn.drawers.every((drawer, i) => drawer === (i % 20) + 1)).toBe(true);
    const { x, y } = await drawn.get(2719);
    expect([x.shape, y]).toEqual([[1, 28, 28], 135]);
    expect(new Set((await drawn.pixels(0)).data)).toEqual(new Set([0, 255]));
  });
});
