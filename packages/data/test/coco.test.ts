import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ArgumentError, FormatError } from '@dl/kernels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cocoCaptions,
  cocoDetection,
  collateDetections,
  DataLoader,
  DatasetUnavailableError,
  encodePng,
  instanceMasks,
} from '../src/index.ts';

const images = [
  { id: 42, file_name: 'sub/wide.png', height: 4, width: 6 },
  { id: 7, file_name: 'empty.png', height: 3, width: 3 },
];
const categories = [
  { id: 90, name: 'toothbrush', supercategory: 'indoor' },
  { id: 1, name: 'person', supercategory: 'person' },
  { id: 13, name: 'stop sign', supercategory: 'outdoor' },
];
const annotations = [
  {
    id: 900100259690,
    image_id: 42,
    category_id: 1,
    bbox: [0, 1, 2, 2],
    area: 4,
    iscrowd: 1,
    segmentation: { size: [4, 6], counts: [1, 2, 2, 2, 17] },
  },
  { id: 3, image_id: 42, category_id: 90, bbox: [3, 1, 4.5, 2], area: 6, iscrowd: 0, segmentation: [[3, 1, 5, 1, 5, 3, 3, 3]] },
  {
    id: 4,
    image_id: 42,
    category_id: 13,
    bbox: [0, 0, 1, 1],
    area: 1,
    iscrowd: 0,
    segmentation: { size: [4, 6], counts: '01g0' },
  },
];
type Annotation = Readonly<Record<string, unknown>>;
const sound = { images, categories, annotations };
/** The annotations with fields of the second changed. */
const changed = (change: Annotation) => ({ ...sound, annotations: [annotations[0], { ...annotations[1], ...change }] });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dl-coco-'));
  await writeFile(join(folder, 'instances.json'), JSON.stringify(sound));
  await writeFile(join(folder, 'instances.json.gz'), gzipSync(JSON.stringify(sound)));
});
afterAll(() => rm(folder, { recursive: true }));

const picture = (height: number, width: number) =>
  encodePng({ shape: [1, height, width], dtype: 'uint8', data: Uint8Array.from({ length: height * width }, (_, i) => i) });
const fetched = async (name: string) => (name === 'sub/wide.png' ? picture(4, 6) : picture(3, 3));
const read = (json: object) => cocoDetection({ annotations: json, images: fetched });

describe('cocoDetection', () => {
  it('numbers the classes without gaps and finds the objects of each image', async () => {
    const coco = await cocoDetection({ annotations: sound, images: fetched, split: 'validation' });
    expect([coco.size, coco.split, coco.classNames, coco.categoryIds, coco.dropped]).toEqual([
      2,
      'validation',
      ['person', 'stop sign', 'toothbrush'],
      [1, 13, 90],
      [],
    ]);
    const sample = await coco.get(0);
    expect([sample.imageId, sample.image.shape, sample.image.dtype]).toEqual([42, [3, 4, 6], 'float32']);
    expect(sample.image.data[24 + 5]).toBeCloseTo(5 / 255, 6);
    expect(sample.boxes).toEqual({
      shape: [3, 4],
      dtype: 'float32',
      data: new Float32Array([0, 1, 2, 3, 3, 1, 6, 3, 0, 0, 1, 1]),
    });
    expect([sample.labels.data, sample.areas.data, sample.iscrowd.data]).toEqual([
      new Int32Array([0, 2, 1]),
      new Float32Array([4, 6, 1]),
      new Uint8Array([1, 0, 0]),
    ]);
    const none = await coco.get(1);
    expect([none.boxes.shape, none.labels.shape, none.segmentations, instanceMasks(none.segmentations, [3, 3]).shape]).toEqual([
      [0, 4],
      [0],
      [],
      [0, 3, 3],
    ]);
  });

  it('has masks of polygons and of runs, as numbers and as a string', async () => {
    const masks = instanceMasks((await (await read(sound)).get(0)).segmentations, [4, 6]);
    expect([masks.shape, masks.dtype]).toEqual([[3, 4, 6], 'bool']);
    const rows = Array.from({ length: 12 }, (_, row) => masks.data.subarray(6 * row, 6 * row + 6).join(''));
    expect(rows).toEqual([
      ...['000000', '110000', '110000', '000000'],
      ...['000000', '000110', '000110', '000000'],
      ...['100000', '000000', '000000', '000000'],
    ]);
  });

  it('refuses masks of another size than the image that they are asked for', async () => {
    const { segmentations } = await (await read(sound)).get(0);
    expect(() => instanceMasks(segmentations, [3, 6])).toThrow(
      'masks must have the size of the image, 3 × 6, got 4 × 6 (mask 0)',
    );
  });

  it.each(['instances.json', 'instances.json.gz'])('reads %s', async (name) => {
    const coco = await cocoDetection({ annotations: join(folder, name), images: folder });
    expect([coco.size, coco.source]).toEqual([2, join(folder, name)]);
    await expect(coco.get(0)).rejects.toThrow(DatasetUnavailableError);
    await expect(coco.get(0)).rejects.toThrow(`no file ${join(folder, 'sub', 'wide.png')}`);
  });

  it('feeds a DataLoader', async () => {
    const loader = new DataLoader(await read(sound), { batchSize: 2, collate: collateDetections });
    for await (const { images: batch, sizes, targets } of loader) {
      expect([batch.shape, sizes, targets.map(({ imageId }) => imageId)]).toEqual([
        [2, 3, 4, 6],
        [
          [4, 6],
          [3, 3],
        ],
        [42, 7],
      ]);
    }
  });

  it('takes annotations without masks, but not of both kinds', async () => {
    const boxes = { ...sound, annotations: annotations.map(({ segmentation: _, ...rest }) => ({ ...rest, segmentation: [] })) };
    expect((await (await read(boxes)).get(0)).segmentations).toEqual([]);
    await expect(read(changed({ segmentation: [] }))).rejects.toThrow(
      'cocoDetection: segmentation must be there for all annotations or for none, got [] (annotations[1], id 3)',
    );
  });

  it.each<readonly [string, Annotation, string]>([
    ['a box of three numbers', { bbox: [1, 2, 3] }, 'bbox must be 4 finite numbers, got [1, 2, 3] (annotations[1], id 3)'],
    ['a box of words', { bbox: [1, 2, 3, 'x'] }, 'got [1, 2, 3, "x"] (annotations[1], id 3)'],
    ['a negative width', { bbox: [1, 1, -2, 2] }, 'bbox must have a width and a height of at least 0, got [1, 1, -2, 2]'],
    ['an image that is not there', { image_id: 8 }, 'image_id must be the id of an image, got 8 (annotations[1], id 3)'],
    ['a category that is not there', { category_id: 2 }, 'category_id must be the id of a category, got 2'],
    ['an id that comes twice', { id: 900100259690 }, 'id must be that of one annotation, got 900100259690'],
    ['no id', { id: undefined }, 'id must be an integer, got nothing (annotations[1])'],
    ['a negative area', { area: -1 }, 'area must be a number of at least 0, got -1'],
    ['no area', { area: null }, 'got null'],
    ['half a crowd', { iscrowd: 0.5 }, 'iscrowd must be 0 or 1, got 0.5'],
    ['a polygon of words', { segmentation: [['a', 'b', 'c', 'd', 'e', 'f']] }, 'segmentation must be lists of x and y'],
    ['a polygon of an odd number', { segmentation: [[1, 2, 3, 4, 5, 6, 7]] }, 'segmentation must be lists of x and y'],
    ['a mask that is a word', { segmentation: 'x' }, 'an object must stand here, got "x" (segmentation of annotations[1], id 3)'],
    [
      'runs of another size',
      { segmentation: { size: [6, 4], counts: [24] } },
      'must have the size of its image, [4, 6], got an object',
    ],
    [
      'runs that do not add up',
      { segmentation: { size: [4, 6], counts: [23] } },
      'counts must add up to 4 × 6 pixels, got 23 in segmentation of annotations[1], id 3',
    ],
    [
      'runs that are no list',
      { segmentation: { size: [4, 6], counts: {} } },
      'counts must be a list or a string, got an object (segmentation of annotations[1], id 3)',
    ],
  ])('refuses %s, saying which annotation and which field', async (_, change, message) => {
    await expect(read(changed(change))).rejects.toThrow(FormatError);
    await expect(read(changed(change))).rejects.toThrow(message);
  });

  it.each<readonly [string, object, string]>([
    ['a list', [], 'an object must stand here, got [] (annotations)'],
    ['no images', { ...sound, images: undefined }, 'images must be a list, got nothing'],
    ['a null among images', { ...sound, images: [null] }, 'an object must stand here, got null (images[0])'],
    ['images of one id', { ...sound, images: [images[0], images[0]] }, 'id must be that of one image, got 42 (images[1], id 42)'],
    [
      'an image without pixels',
      { ...sound, images: [{ ...images[0], width: 0 }] },
      'width must be an integer of at least 1, got 0',
    ],
    ['categories of one id', { ...sound, categories: [categories[0], categories[0]] }, 'id must be that of one category'],
    [
      'a category without a name',
      { ...sound, categories: [{ id: 1 }] },
      'name must be a string, got nothing (categories[0], id 1)',
    ],
    ...['../../etc/passwd', '/etc/passwd', 'a/../../b', 'C:\\b', 'a\\..\\b', 'file:///b', 'a\0b', '', 'a//b', './a'].map(
      (name) =>
        [
          JSON.stringify(name),
          { ...sound, images: [{ ...images[0], file_name: name }] },
          'file_name must lead into the folder',
        ] as const,
    ),
  ])('refuses %s', async (_, json, message) => {
    await expect(read(json)).rejects.toThrow(FormatError);
    await expect(read(json)).rejects.toThrow(message);
  });

  it('refuses or leaves out objects without an area, and names them', async () => {
    const json = {
      ...sound,
      annotations: [
        ...annotations,
        { ...annotations[1], id: 10, bbox: [1, 1, 0, 2] },
        { ...annotations[1], id: 11, bbox: [9, 1, 3, 2] },
        { ...annotations[1], id: 12, segmentation: [[1, 1, 2, 2]] },
      ],
    };
    const found = [
      'annotation 10 of sub/wide.png has bbox [1, 1, 0, 2]',
      'annotation 11 of sub/wide.png has bbox [9, 1, 3, 2]',
      'annotation 12 of sub/wide.png has a polygon of 2 corners',
    ];
    await expect(read(json)).rejects.toThrow(
      `objects must have an area inside of their image, got 3 without: ${found.join('; ')} (pass invalid: 'drop' to leave them out)`,
    );
    const coco = await cocoDetection({ annotations: json, images: fetched, invalid: 'drop' });
    expect(coco.dropped).toEqual(found);
    expect((await coco.get(0)).labels.shape).toEqual([3]);
    const wrong = { annotations: json, images: fetched, invalid: 'keep' };
    await expect(cocoDetection(wrong as never)).rejects.toThrow(ArgumentError);
  });

  it('refuses a file that is no JSON, or not there, and an image of another size', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"images": [');
    const broken = cocoDetection({ annotations: path, images: folder });
    await expect(broken).rejects.toThrow(FormatError);
    await expect(broken).rejects.toThrow(/cocoDetection: must be JSON, got 12 characters: .* in .*broken\.json$/);
    await expect(cocoDetection({ annotations: join(folder, 'none.json'), images: folder })).rejects.toThrow(
      DatasetUnavailableError,
    );
    const other = await cocoDetection({ annotations: sound, images: async () => picture(6, 4) });
    await expect(other.get(0)).rejects.toThrow('an image must be 4 × 6 as its annotations say, got 6 × 4 in sub/wide.png');
    await expect(other.get(2)).rejects.toThrow('index must be an integer in [0, 2), got 2');
    const text = await cocoDetection({ annotations: sound, images: async () => new TextEncoder().encode('<html>') });
    await expect(text.get(0)).rejects.toThrow('in sub/wide.png');
  });
});

describe('cocoCaptions', () => {
  const captions = [
    { id: 1, image_id: 42, caption: 'A black cat.' },
    { id: 2, image_id: 7, caption: 'A tunnel.' },
    { id: 3, image_id: 42, caption: 'Ein Kater, schwarz.' },
  ];
  it('finds the sentences about each image', async () => {
    const coco = await cocoCaptions({ annotations: { images, annotations: captions }, images: fetched, split: 'train' });
    const [first, second] = [await coco.get(0), await coco.get(1)];
    expect([coco.size, coco.split, first.imageId, first.captions]).toEqual([
      2,
      'train',
      42,
      ['A black cat.', 'Ein Kater, schwarz.'],
    ]);
    expect([second.captions, second.image.shape]).toEqual([['A tunnel.'], [3, 3, 3]]);
  });

  it.each<readonly [string, Annotation, string]>([
    [
      'an image that is not there',
      { image_id: 1 },
      'cocoCaptions: image_id must be the id of an image, got 1 (annotations[0], id 1)',
    ],
    ['a caption that is no text', { caption: 5 }, 'caption must be a string, got 5 (annotations[0], id 1)'],
  ])('refuses %s', async (_, change, message) => {
    const json = { images, annotations: [{ ...captions[0], ...change }] };
    await expect(cocoCaptions({ annotations: json, images: fetched })).rejects.toThrow(message);
  });
});
