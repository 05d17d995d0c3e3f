import { ImageDataset } from '@dl/data';
import { ArgumentError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { confusionSvg, type EpochResult, learningCurveSvg, mistakesSvg, type Prediction } from '../src/index.ts';
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
