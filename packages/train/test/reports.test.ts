import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageDataset } from '@dl/data';
import { ArgumentError, type HostTensor } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import {
  confusionSvg,
  curvesSvg,
  type EpochResult,
  learningCurveSvg,
  mistakesSvg,
  type Prediction,
  weightsSvg,
  writeReport,
} from '../src/index.ts';
import { decodePng } from './decode-png.ts';
import { elementsOf } from './parse-svg.ts';

const epochs = (count: number, validated = true): EpochResult[] =>
  Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    lr: 0.001,
    steps: 10,
    samples: 640,
    seconds: 1.5,
    train: { loss: 1 / (i + 1), metrics: { accuracy: 1 - 0.5 / (i + 1) } },
    validation: validated ? { loss: 1.2 / (i + 1), metrics: { accuracy: 1 - 0.6 / (i + 1) } } : undefined,
  }));

describe('learningCurveSvg', () => {
  it('has a panel a figure with a curve for each kind of data', () => {
    const elements = elementsOf(learningCurveSvg(epochs(4), { title: 'a < b & c', heldOut: 'test' }));
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['a < b & c', '4 epochs, 6 s of training', 'loss', 'accuracy', 'training', 'test', 'epoch', '90 %']),
    );
    expect(elements.filter(({ name }) => name === 'path')).toHaveLength(4);
    expect(elements.filter(({ name }) => name === 'circle')).toHaveLength(16);
  });

  it('falls with the loss: a lower value is lower on the page', () => {
    const [path] = elementsOf(learningCurveSvg(epochs(3, false))).filter(({ name }) => name === 'path');
    const points = path.attributes.d
      .slice(1)
      .split('L')
      .map((point) => point.split(',').map(Number));
    expect(points).toHaveLength(3);
    expect(points[0][1]).toBeLessThan(points[1][1]);
    expect(points[1][1]).toBeLessThan(points[2][1]);
  });

  it.each([
    ['no epoch', []],
    ['one epoch', epochs(1)],
    ['a loss that blew up', [{ ...epochs(1)[0], train: { loss: Number.NaN, metrics: { accuracy: 0.1 } } }, epochs(2)[1]]],
  ])('draws %s without a broken number', (_name, history) => {
    const svg = learningCurveSvg(history);
    expect(elementsOf(svg).length).toBeGreaterThan(5);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('learningCurveSvg of a best epoch', () => {
  it('marks it in every panel', () => {
    const elements = elementsOf(learningCurveSvg(epochs(4), { best: 3 }));
    expect(elements.filter(({ text }) => text === 'best: epoch 3')).toHaveLength(2);
    const marks = elements.filter(({ name, attributes }) => name === 'line' && attributes['stroke-dasharray'] !== undefined);
    expect(marks.map(({ attributes }) => attributes.x1)).toEqual(['240', '240']);
  });
});

describe('curvesSvg', () => {
  const runs = [
    { name: 'plain-20', history: epochs(4) },
    { name: 'resnet-20', history: epochs(2) },
    { name: 'untested', history: epochs(3, false) },
  ];

  it('has a thin curve for training and a bold one for validation, in the color of the run', () => {
    const paths = elementsOf(curvesSvg(runs)).filter(({ name }) => name === 'path');
    const styles = paths.map(({ attributes }) => [attributes.stroke, attributes['stroke-width'], attributes['stroke-dasharray']]);
    const [plain, residual, untested] = [styles[0][0], styles[2][0], styles[4][0]];
    expect(styles).toEqual([
      [plain, '1.1', '4 3'],
      [plain, '2.6', undefined],
      [residual, '1.1', '4 3'],
      [residual, '2.6', undefined],
      [untested, '1.1', '4 3'],
    ]);
    expect(new Set([plain, residual, untested]).size).toBe(3);
  });

  it('draws errors of accuracies: what is more accurate is lower on the page', () => {
    const svg = elementsOf(curvesSvg(runs, { figure: 'accuracy', error: true, heldOut: 'test' }));
    const texts = svg.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['Error', 'error', 'bold: test, thin and dashed: training', '50 %', 'plain-20', 'resnet-20']),
    );
    const [path] = svg.filter(({ name }) => name === 'path');
    const heights = [...path.attributes.d.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(heights[0]).toBeLessThan(heights[3]);
  });

  it('writes names apart that end at one height, within the picture', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ name: `run ${i}`, history: epochs(4) }));
    const svg = elementsOf(curvesSvg(many));
    const places = svg
      .filter(({ text }) => text.startsWith('run '))
      .map(({ attributes }) => Number(attributes.y))
      .sort((a, b) => a - b);
    expect(places).toHaveLength(9);
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeGreaterThanOrEqual(15);
    expect(places[8]).toBeLessThanOrEqual(344);
  });

  it('shows heights by their logarithm', () => {
    const heightsOf = (log: boolean): number[] => {
      const path = elementsOf(curvesSvg([{ name: 'a', history: epochs(4, false) }], { log })).find(({ name }) => name === 'path');
      return [...(path?.attributes.d ?? '').matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    };
    const [linear, log] = [heightsOf(false), heightsOf(true)];
    // 1, 1/2, 1/3, 1/4: from 1/2 to 1/4 is as far as from 1 to 1/2.
    expect(log[3] - log[1]).toBeCloseTo(log[1] - log[0], 0);
    expect(linear[3] - linear[1]).toBeLessThan((linear[1] - linear[0]) * 0.6);
  });
});

describe('weightsSvg', () => {
  const imagesOf = (svg: string): { channels: number; bytes: number[] }[] =>
    elementsOf(svg)
      .filter(({ name }) => name === 'image')
      .map(({ attributes }) => decodePng(attributes.href));
  const weightOf = (shape: readonly number[], ...data: number[]): HostTensor => ({
    shape,
    dtype: 'float32',
    data: Float32Array.from(data),
  });

  it('shows rows of a linear layer as images: white at zero, blue below, orange above, on one scale', () => {
    const [first, second] = imagesOf(weightsSvg(weightOf([2, 2], -1, 0, 1, 0.5), { imageShape: [1, 1, 2] }));
    expect(first.bytes).toEqual([0x0b, 0x4f, 0xa8, 255, 255, 255]);
    expect(second.bytes).toEqual([0xc6, 0x50, 0x02, 0xe2, 0xa7, 0x80]);
  });

  it('shows filters of three channels in colours, with zero as middle grey', () => {
    const [image] = imagesOf(weightsSvg(weightOf([1, 3, 1, 2], 2, 0, -2, 0, 1, 0)));
    expect(image.bytes).toEqual([255, 0, 191, 127, 127, 127]);
  });

  it('shows filters of other channels one by one, and no more than it is told', () => {
    const weight = weightOf([2, 2, 1, 1], 1, 2, 3, 4);
    expect(imagesOf(weightsSvg(weight))).toHaveLength(4);
    const svg = weightsSvg(weight, { count: 3, labels: ['a', '<b>'] });
    expect(imagesOf(svg)).toHaveLength(3);
    const texts = elementsOf(svg).map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['a', '<b>', 'the first 3 of 4; blue is below 0, orange above; the largest weight is 4.0']),
    );
  });

  it('shows large ones small', () => {
    const row = weightOf([1, 80 * 80], ...Array.from({ length: 6400 }, (_, i) => (i % 2 === 0 ? 3 : -1)));
    const [{ bytes }] = imagesOf(weightsSvg(row, { imageShape: [1, 80, 80] }));
    // The mean of 3 and -1 everywhere, which is the largest of what is shown.
    expect(bytes).toEqual(new Array(1600).fill([0xc6, 0x50, 0x02]).flat());
  });

  it('shows weights that are all zero', () => {
    expect(imagesOf(weightsSvg(weightOf([1, 1, 1, 1], 0)))[0].bytes).toEqual([255, 255, 255]);
  });

  it.each([
    [[3], undefined],
    [[2, 2], undefined],
    [
      [2, 2],
      [1, 2, 2],
    ],
  ] as const)('refuses %j with the image shape %j', (shape, imageShape) => {
    const weight = weightOf(shape, ...new Array<number>(shape[0] * 2).fill(1));
    expect(() => weightsSvg(weight, { imageShape })).toThrow(/weightsSvg: weights must be \[out, in, h, w\]/);
  });
});

describe('writeReport', () => {
  it('replaces a file and leaves nothing beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dl-report-'));
    await writeReport(join(folder, 'a.html'), 'old');
    await writeReport(join(folder, 'a.html'), 'é <b>');
    expect(await readFile(join(folder, 'a.html'), 'utf8')).toBe('é <b>');
    expect(await readdir(folder)).toEqual(['a.html']);
    await expect(writeReport(join(folder, 'none', 'a.html'), '')).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });
});

describe('confusionSvg', () => {
  const svg = confusionSvg(
    [
      [8, 2, 0],
      [0, 5, 0],
      [1, 0, 9],
    ],
    { classNames: ['cat', 'dog', '<bird>'], title: 'Animals' },
  );

  it('has a square for each pair of classes, and its count where there is one', () => {
    const elements = elementsOf(svg);
    const squares = elements.filter(({ name, attributes }) => name === 'rect' && attributes.rx === '4');
    expect(new Set(squares.map(({ attributes: { x, y } }) => `${x} ${y}`)).size).toBe(9);
    // The strongest mistake and the weaker one; nothing for what never happened.
    expect(squares.flatMap(({ attributes }) => attributes['fill-opacity'] ?? [])).toEqual(['0.55', '0.39']);
    const texts = elements.filter(({ name }) => name === 'text').map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['8', '2', '5', '1', '9', 'cat', 'dog', '<bird>', '88.00 % of 25 right, 3 wrong']),
    );
    expect(texts.filter((text) => text === '0')).toEqual([]);
    // Recall of cat, precision of dog, and so on.
    expect(texts).toEqual(expect.arrayContaining(['80.0 %', '100.0 %', '90.0 %', '88.9 %', '71.4 %']));
  });

  it('turns names that are wider than a square, and cuts very long ones', () => {
    const elements = elementsOf(
      confusionSvg(
        [
          [1, 0],
          [0, 1],
        ],
        { classNames: ['automobile', 'a very long name of a class'] },
      ),
    );
    const turned = elements.filter(({ attributes }) => attributes.transform?.includes('rotate(-30)'));
    expect(turned).toHaveLength(2);
    expect(elements.filter(({ text }) => text === 'a very long nam…')).toHaveLength(2);
  });

  it('leaves the counts of many classes out, and is small', () => {
    const counts = Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => (i === j ? 50 : (i + j) % 2)));
    const svg = confusionSvg(counts);
    expect(svg.length).toBeLessThan(100_000);
    const shades = elementsOf(svg).filter(({ name }) => name === 'path');
    expect(shades).toHaveLength(2);
    expect(shades[0].attributes.d.match(/M/g)).toHaveLength(100);
  });

  it('says – where a class never came', () => {
    const texts = elementsOf(
      confusionSvg([
        [3, 0],
        [0, 0],
      ]),
    ).map(({ text }) => text);
    expect(texts.filter((text) => text === '–')).toHaveLength(2);
  });
});

describe('mistakesSvg', () => {
  const dataset = new ImageDataset({
    pixels: new Uint8Array([0, 255, 128, 0, 255, 255, 255, 255, 0, 0, 0, 0]),
    labels: [0, 1, 2],
    imageShape: [1, 2, 2],
    classNames: ['a', 'b', 'c'],
    source: 'by hand',
  });
  const predictions: Prediction[] = [
    { index: 0, truth: 0, predicted: 1, probabilities: new Float32Array([0.25, 0.75, 0]) },
    { index: 1, truth: 1, predicted: 2, probabilities: new Float32Array([0, 0.125, 0.875]) },
    { index: 2, truth: 2, predicted: 2, probabilities: new Float32Array([0, 0, 1]) },
  ];

  it('shows what is wrong, the surest first, with both probabilities', () => {
    const texts = elementsOf(mistakesSvg(dataset, predictions))
      .filter(({ name }) => name === 'text')
      .map(({ text }) => text);
    expect(texts.slice(1)).toEqual([
      '2 of 3 images are taken for another class',
      'as c',
      '87.5 %',
      'is b',
      '12.5 %',
      'as b',
      '75.0 %',
      'is a',
      '25.0 %',
    ]);
  });

  it('shows the pixels as they are', () => {
    const [image] = elementsOf(mistakesSvg(dataset, predictions.slice(0, 1))).filter(({ name }) => name === 'image');
    expect(decodePng(image.attributes.href)).toEqual({ width: 2, height: 2, channels: 1, bytes: [0, 255, 128, 0] });
    expect(image.attributes['image-rendering']).toBe('pixelated');
  });

  it('shows colours, and large images small', () => {
    const pixels = new Uint8Array(3 * 70 * 80).fill(200, 0, 70 * 80);
    const colour = new ImageDataset({ pixels, labels: [0], imageShape: [3, 70, 80], classNames: ['a', 'b'], source: 'by hand' });
    const [image] = elementsOf(mistakesSvg(colour, predictions.slice(0, 1))).filter(({ name }) => name === 'image');
    const { width, height, channels, bytes } = decodePng(image.attributes.href);
    expect([width, height, channels]).toEqual([40, 35, 3]);
    expect(bytes.slice(0, 6)).toEqual([200, 0, 0, 200, 0, 0]);
  });

  it('shows no more than it is told, and says what it chose', () => {
    const texts = elementsOf(mistakesSvg(dataset, predictions, { count: 1 })).map(({ text }) => text);
    expect(texts).toContain('2 of 3 images are taken for another class; these are the 1 it was most sure of');
    expect(texts.filter((text) => text.startsWith('as '))).toEqual(['as c']);
  });

  it('refuses images of two channels', () => {
    const odd = new ImageDataset({
      pixels: new Uint8Array(2),
      labels: [0],
      imageShape: [2, 1, 1],
      classNames: ['a'],
      source: '',
    });
    expect(() => mistakesSvg(odd, predictions.slice(0, 1))).toThrow(ArgumentError);
  });
});
