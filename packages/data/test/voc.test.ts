import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, FormatError } from '@dl/kernels';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  collateDetections,
  DataLoader,
  DatasetUnavailableError,
  decodeVocAnnotation,
  encodePng,
  vocDetection,
  vocSegmentation,
} from '../src/index.ts';

const box = (xmin: unknown, ymin: unknown, xmax: unknown, ymax: unknown) =>
  `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`;
const annotation = (objects: string, size = '<size><width>6</width><height>4</height><depth>3</depth></size>') =>
  `<annotation>\n\t<filename>one.jpg</filename>${size}${objects}</annotation>`;
const dog = `<object><name>dog</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult>${box(2, 1, 4, 3)}</object>`;
const person = `<object><name>person</name><occluded>1</occluded><difficult>1</difficult>${box(1, 1, 6, 4)}
  <part><name>head</name>${box(2, 1, 3, 2)}</part><part><name>hand</name>${box(5.5, 2, 6, 3)}</part></object>`;

describe('decodeVocAnnotation', () => {
  it('reads objects, their flags and their parts, with boxes as edges of pixels', async () => {
    const { fileName, height, width, objects } = await decodeVocAnnotation(annotation(dog + person));
    expect([fileName, height, width]).toEqual(['one.jpg', 4, 6]);
    expect(objects).toEqual([
      { name: 'dog', pose: 'Left', truncated: true, occluded: false, difficult: false, box: [1, 0, 4, 3], parts: [] },
      {
        name: 'person',
        pose: 'Unspecified',
        truncated: false,
        occluded: true,
        difficult: true,
        box: [0, 0, 6, 4],
        parts: [
          { name: 'head', box: [1, 0, 3, 2] },
          { name: 'hand', box: [4.5, 1, 6, 3] },
        ],
      },
    ]);
  });

  it('knows the entities of XML, and no others', async () => {
    const xml = annotation('').replace('one.jpg', 'a &amp; b &lt;1&gt;.jpg');
    expect((await decodeVocAnnotation(`\ufeff<?xml version="1.0"?>${xml}`)).fileName).toBe('a & b <1>.jpg');
    const bomb = `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(99)}"><!ENTITY b "&a;&a;&a;">]>${annotation('').replace('one', '&b;')}`;
    await expect(decodeVocAnnotation(bomb)).rejects.toThrow('decodeVocAnnotation: XML must have no document type, got one');
    const external = `<!doctype a SYSTEM "file:///etc/passwd">${annotation('')}`;
    await expect(decodeVocAnnotation(external)).rejects.toThrow(FormatError);
  });

  it.each([
    ['what is no XML', 'hello', 'must be XML, got "char \'h\' is not expected." (line 1)'],
    ['an open element', '<annotation><size></annotation>', 'must be XML'],
    ['another file', '<html></html>', 'annotation must come once, got 0'],
    ['two roots', `${annotation('')}${annotation('')}`, 'must be XML, got "Multiple possible root nodes found."'],
    ['deep nesting', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'must be XML, got "Maximum nested tags exceeded"'],
    ['a megabyte', ' '.repeat(2 ** 20 + 1), 'XML must have at most 1048576 characters, got 1048577'],
    ['a reserved name', annotation('<__proto__><a>1</a></__proto__>'), 'must be XML'],
    [
      'a width of 0',
      annotation('', '<size><width>0</width><height>4</height></size>'),
      'width must be an integer of at least 1, got 0',
    ],
    ['no size', annotation('', ''), 'size must come once, got 0 (annotation)'],
    [
      'a word for a number',
      annotation(dog.replace('>4<', '>four<')),
      'xmax must be a number, got "four" (annotation.object.bndbox)',
    ],
    ['a hexadecimal number', annotation(dog.replace('>4<', '>0x4<')), 'got "0x4"'],
    ['an endless number', annotation(dog.replace('>4<', '>1e999<')), 'got "1e999"'],
    [
      'an object without a box',
      annotation('<object><name>dog</name></object>'),
      'bndbox must come once, got 0 (annotation.object)',
    ],
    [
      'an object without a name',
      annotation(dog + dog.replace('dog', '')),
      'name must have a text, got none (annotation.object[1])',
    ],
    [
      'two names',
      annotation(dog.replace('<pose>', '<name>cat</name><pose>')),
      'name must be one text, got 2 elements (annotation.object)',
    ],
    [
      'a difficult that is neither',
      annotation(dog.replace('<difficult>0', '<difficult>yes')),
      'difficult must be 0 or 1, got "yes"',
    ],
    ['text where elements belong', annotation('<object>dog</object>'), 'object must have elements in it, got "dog" (annotation)'],
  ])('refuses %s', async (_, xml, message) => {
    await expect(decodeVocAnnotation(xml)).rejects.toThrow(FormatError);
    await expect(decodeVocAnnotation(xml)).rejects.toThrow(message);
  });
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dl-voc-'));
  await put('ImageSets/Main/train.txt', 'one\r\ntwo\r\n\r\n');
  await put('ImageSets/Main/dog_train.txt', 'one  1\ntwo -1\n');
  await put('ImageSets/Segmentation/val.txt', 'one\n');
  await put('Annotations/one.xml', annotation(dog + person));
  await put('Annotations/two.xml', annotation(''));
  const picture = await encodePng({ shape: [3, 4, 6], dtype: 'uint8', data: Uint8Array.from({ length: 72 }, (_, i) => i) });
  for (const name of ['one', 'two']) await put(`JPEGImages/${name}.jpg`, picture);
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('vocDetection', () => {
  it('reads the images of a list and their objects', async () => {
    const voc = await vocDetection({ directory: root, split: 'train' });
    expect([voc.size, voc.split, voc.classNames.length, voc.source, voc.dropped]).toEqual([2, 'train', 20, root, []]);
    const sample = await voc.get(0);
    expect([sample.imageId, sample.image.shape, sample.boxes.shape]).toEqual(['one', [3, 4, 6], [2, 4]]);
    expect([...sample.boxes.data]).toEqual([1, 0, 4, 3, 0, 0, 6, 4]);
    expect([...sample.labels.data].map((label) => voc.classNames[label])).toEqual(['dog', 'person']);
    expect(
      [sample.areas, sample.iscrowd, sample.difficult, sample.truncated, sample.occluded].map(({ data }) => [...data]),
    ).toEqual([
      [9, 24],
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(sample.parts.map((parts) => parts.map(({ name }) => name))).toEqual([[], ['head', 'hand']]);
    const loader = new DataLoader(voc, { batchSize: 2, collate: collateDetections });
    for await (const { images, targets } of loader) {
      expect([images.shape, targets.map(({ boxes }) => boxes.shape)]).toEqual([
        [2, 3, 4, 6],
        [
          [2, 4],
          [0, 4],
        ],
      ]);
    }
  });

  it('takes the images that have a class', async () => {
    const dogs = await vocDetection({ directory: root, split: 'train', containing: 'dog' });
    expect([dogs.size, (await dogs.get(0)).imageId]).toEqual([1, 'one']);
    await expect(vocDetection({ directory: root, split: 'train', containing: 'yeti' })).rejects.toThrow(ArgumentError);
  });

  it('refuses or leaves out boxes without an area, and names the file', async () => {
    const broken = dog.replace(box(2, 1, 4, 3), box(3, 1, 3, 3));
    await put('Annotations/two.xml', annotation(broken + dog + dog.replace(box(2, 1, 4, 3), box(8, 1, 9, 3))));
    const found = ['Annotations/two.xml has a dog with box 3, 1, 3, 3', 'Annotations/two.xml has a dog with box 8, 1, 9, 3'];
    await expect(vocDetection({ directory: root, split: 'train' })).rejects.toThrow(
      `got 2 without: ${found.join('; ')} (pass invalid: 'drop' to leave them out)`,
    );
    const voc = await vocDetection({ directory: root, split: 'train', invalid: 'drop' });
    expect([voc.dropped, (await voc.get(1)).boxes.shape]).toEqual([found, [1, 4]]);
  });

  it('cuts boxes at the edges of the image', async () => {
    await put('Annotations/two.xml', annotation(dog.replace(box(2, 1, 4, 3), box(0, 0, 7, 3))));
    const { boxes, areas } = await (await vocDetection({ directory: root, split: 'train' })).get(1);
    expect([[...boxes.data], [...areas.data]]).toEqual([[0, 0, 6, 3], [18]]);
  });

  it.each([
    [
      'a class that is none',
      'Annotations/two.xml',
      annotation(dog.replace('dog', 'yeti')),
      'got yeti in Annotations/two.xml (pass classNames)',
    ],
    ['a broken file', 'Annotations/two.xml', '<annotation>', 'in Annotations/two.xml'],
    [
      'a name that leads astray',
      'ImageSets/Main/train.txt',
      'one\n../../two\n',
      'got "../../two" (line 2) in ImageSets/Main/train.txt',
    ],
    [
      'a name that comes twice',
      'ImageSets/Main/train.txt',
      'one\ntwo\none\n',
      'an image must be listed once, got one again (line 3)',
    ],
    ['another file than a list', 'ImageSets/Main/train.txt', 'one two three', 'got "one two three" (line 1)'],
  ])('refuses %s', async (_, path, content, message) => {
    await put(path, content);
    const failure = vocDetection({ directory: root, split: 'train' });
    await expect(failure).rejects.toThrow(FormatError);
    await expect(failure).rejects.toThrow(message);
  });

  it('says which file is missing, and which image has another size', async () => {
    await expect(vocDetection({ directory: root, split: 'val' })).rejects.toThrow(DatasetUnavailableError);
    await put('ImageSets/Main/val.txt', 'three');
    await expect(vocDetection({ directory: root, split: 'val' })).rejects.toThrow(
      `no file ${join(root, 'Annotations', 'three.xml')}`,
    );
    await put('Annotations/two.xml', annotation('', '<size><width>4</width><height>6</height></size>'));
    const voc = await vocDetection({ directory: root, split: 'train' });
    await expect(voc.get(1)).rejects.toThrow('an image must be 6 × 4 as its annotations say, got 4 × 6 in two.jpg');
  });
});

/** A grey PNG file with these numbers; golden/palette.png has a palette and the numbers of `classes`. */
const map = (values: readonly number[], width = 6) =>
  encodePng({ shape: [1, values.length / width, width], dtype: 'uint8', data: Uint8Array.from(values) });

describe('vocSegmentation', () => {
  const classes = [...[0, 0, 255, 12, 12, 255], ...new Array<number>(12).fill(15), ...[0, 0, 0, 0, 0, 20]];
  const objects = classes.map((value) => (value === 255 ? 255 : Math.min(value, 2)));

  it('reads the class and the object of each pixel', async () => {
    await put('SegmentationClass/one.png', await readFile(new URL('golden/palette.png', import.meta.url)));
    await put('SegmentationObject/one.png', await map(objects));
    const voc = await vocSegmentation({ directory: root, split: 'val' });
    expect([voc.size, voc.split, voc.classNames.length, voc.classNames[0], voc.classNames[15]]).toEqual([
      1,
      'validation',
      21,
      'background',
      'person',
    ]);
    const { image, classMap, objectMap, imageId } = await voc.get(0);
    expect([image.shape, imageId]).toEqual([[3, 4, 6], 'one']);
    expect(classMap).toEqual({ shape: [4, 6], dtype: 'int32', data: Int32Array.from(classes) });
    expect(objectMap.data).toEqual(Int32Array.from(objects));
  });

  it('refuses an index of no class, a map of another size, and one of colours', async () => {
    await put('SegmentationObject/one.png', await map(objects));
    const failure = async (png: Uint8Array) => {
      await put('SegmentationClass/one.png', png);
      await (await vocSegmentation({ directory: root, split: 'val' })).get(0);
    };
    await expect(failure(await map(classes.with(3, 21)))).rejects.toThrow(
      'classes must be at most 20, or 255, got 21 (pixel 3) in SegmentationClass/one.png',
    );
    await expect(failure(await map(classes, 4))).rejects.toThrow('a map must have the size of its image, 4 × 6, got 6 × 4');
    const colors = await encodePng({ shape: [3, 4, 6], dtype: 'uint8', data: new Uint8Array(72) });
    await expect(failure(colors)).rejects.toThrow(
      'a map must have a palette or be grey, got 3 channels in SegmentationClass/one.png',
    );
  });
});

const bccd = join(process.env.DL_DATA_DIR ?? '', 'bccd', 'BCCD');
describe.skipIf(!process.env.DL_DATA_DIR || !existsSync(bccd))('blood cells in the format of Pascal VOC (DL_DATA_DIR)', () => {
  it('have two boxes without an area, which are named, and others that lie in their images', async () => {
    const read = (split: 'train' | 'val') =>
      vocDetection({ directory: bccd, split, classNames: ['RBC', 'WBC', 'Platelets'], invalid: 'drop' });
    const [train, validation] = await Promise.all([read('train'), read('val')]);
    expect([...train.dropped, ...validation.dropped].sort()).toEqual([
      'Annotations/BloodImage_00338.xml has a RBC with box 504, 337, 504, 337',
      'Annotations/BloodImage_00343.xml has a RBC with box 181, 329, 181, 329',
    ]);
    expect(train.size + validation.size).toBe(292);
    const { image, boxes, labels } = await train.get(0);
    expect([image.shape, image.data.every((value) => value >= 0 && value <= 1)]).toEqual([[3, 480, 640], true]);
    expect(boxes.shape).toEqual([labels.data.length, 4]);
    for (let i = 0; i < labels.data.length; i++) {
      const [x0, y0, x1, y1] = boxes.data.subarray(4 * i, 4 * i + 4);
      expect([x0 >= 0, y0 >= 0, x1 > x0, y1 > y0, x1 <= 640, y1 <= 480]).toEqual(new Array(6).fill(true));
    }
  });
});
