import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { Identity } from '@dl/layers';
import { currentBackend, keep, type Tensor, tensor, tidy } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Accuracy,
  AUROC,
  AveragePrecision,
  BalancedAccuracy,
  BrierScore,
  CalibrationError,
  ClassificationReport,
  CohenKappa,
  ConfusionMatrix,
  CrossEntropy,
  classify,
  F1Score,
  MatthewsCorrCoef,
  MeanAbsoluteError,
  MeanSquaredError,
  type Metric,
  Perplexity,
  Precision,
  Predictions,
  R2Score,
  Recall,
  ReliabilityDiagram,
  RocCurve,
  RunningMean,
  reportHtml,
  roc,
  TopKAccuracy,
  TopKError,
} from '../src/index.ts';

const classes = (...values: number[]): Tensor => tensor(values, { dtype: 'int32' });
const scores = tensor([
  [0.1, 0.7, 0.2],
  [0.5, 0.1, 0.4],
  [0.3, 0.3, 0.4],
  [0.2, 0.6, 0.2],
]);
const truth = classes(1, 2, 2, 0);
const more = tensor([[9, 0, 0]]);

describe('Accuracy', () => {
  it('is the share of hits over all batches', async () => {
    const accuracy = new Accuracy();
    expect(await accuracy.compute()).toBeNaN();
    accuracy.update(scores, truth);
    expect(await accuracy.compute()).toBe(0.5);
    accuracy.update(more, classes(0));
    expect(await accuracy.compute()).toBe(0.6);
    accuracy.reset();
    accuracy.update(more, classes(1));
    expect(await accuracy.compute()).toBe(0);
  });

  it('counts every pixel of a segmentation', async () => {
    const accuracy = new Accuracy();
    accuracy.update(
      tensor([1, 5, 9, 0, 2, 4, 3, 1], { shape: [1, 2, 2, 2] }),
      tensor(
        [
          [
            [1, 0],
            [0, 1],
          ],
        ],
        { dtype: 'uint8' },
      ),
    );
    expect(await accuracy.compute()).toBe(1);
  });
});

describe('TopKAccuracy', () => {
  it('counts a class among the k highest', async () => {
    const tops = [1, 2, 3].map((k) => new TopKAccuracy(k));
    for (const metric of tops) metric.update(scores, classes(2, 1, 1, 1));
    expect(await Promise.all(tops.map((metric) => metric.compute()))).toEqual([0.25, 0.5, 1]);
  });

  it('7.1 gives the lower class of equal scores the higher place, so that top-1 is the accuracy and its error the rest', async () => {
    const equal = tensor([
      [5, 5, 1],
      [5, 5, 1],
      [2, 2, 2],
    ]);
    const metrics = [new Accuracy(), new TopKAccuracy(1), new TopKError(), new TopKError(2), new TopKError(3)];
    for (const metric of metrics) metric.update(equal, classes(0, 1, 2));
    const [accuracy, top1, ...errors] = await Promise.all(metrics.map((metric) => metric.compute()));
    expect(top1).toBe(accuracy);
    expect(errors).toEqual([1 - accuracy, 1 - 2 / 3, 0]);
  });

  it('refuses a k that no sample has', () => {
    expect(() => new TopKAccuracy(4).update(scores, truth)).toThrow('TopKAccuracy: there must be 4 scores, got 3');
  });

  it('refuses a k that is no positive integer', () => {
    expect(() => new TopKAccuracy(0)).toThrow('TopKAccuracy: k must be a positive integer, got 0');
  });
});

describe('ConfusionMatrix', () => {
  it('counts by true row and predicted column, over all batches', async () => {
    const confusion = new ConfusionMatrix(3);
    expect(await confusion.compute()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    confusion.update(scores, truth);
    confusion.update(more, classes(2));
    expect(await confusion.compute()).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [2, 0, 1],
    ]);
  });

  it('refuses another number of classes', () => {
    expect(() => new ConfusionMatrix(2).update(scores, truth)).toThrow('ConfusionMatrix: there must be 2 scores a sample, got 3');
    expect(() => new ConfusionMatrix(0)).toThrow(ArgumentError);
  });
});

describe('Predictions', () => {
  it('keeps every sample’s class, prediction and probabilities, in order', async () => {
    const predictions = new Predictions();
    predictions.update(scores, truth);
    predictions.update(tensor([[0, Math.log(3), 0]]), classes(1));
    const all = await predictions.compute();
    expect(all.map(({ index, truth: label, predicted }) => [index, label, predicted])).toEqual([
      [0, 1, 1],
      [1, 2, 0],
      [2, 2, 2],
      [3, 0, 1],
      [4, 1, 1],
    ]);
    expect(Array.from(all[4].probabilities).map((p) => Number(p.toFixed(6)))).toEqual([0.2, 0.6, 0.2]);
  });
});

describe('scores that are NaN', () => {
  const nowhere = tensor([[Number.NaN, Number.NaN, Number.NaN]]);

  it('are of the first class, for all that predict', async () => {
    const [predictions, confusion] = [new Predictions(), new ConfusionMatrix(3)];
    for (const metric of [predictions, confusion]) metric.update(nowhere, classes(2));
    const all = await predictions.compute();
    expect(all[0].predicted).toBe(0);
    expect((await confusion.compute())[2]).toEqual([1, 0, 0]);
    expect([...(await classify(new Identity(), [{ x: nowhere }])).labels]).toEqual([0]);
  });

  it('do not keep a report from being written', async () => {
    const predictions = new Predictions();
    predictions.update(nowhere, classes(2));
    const all = await predictions.compute();
    expect(reportHtml({ title: 'diverged', history: [], predictions: all, classNames: ['a', 'b', 'c'] })).not.toContain(
      'Calibration',
    );
  });
});

describe('RunningMean', () => {
  it('weighs its values, and takes scalars and tensors of one element', async () => {
    const mean = new RunningMean();
    expect(await mean.compute()).toBeNaN();
    mean.add(tensor(2), 64);
    mean.add(tensor([[5]]), 32);
    expect(await mean.compute()).toBe(3);
  });
});

describe('Precision, Recall and F1Score', () => {
  it('count a class without samples as they are told', async () => {
    const of = async (metric: Metric): Promise<number> => {
      metric.update(tensor([[9, 0, 0]]), classes(0));
      return metric.compute();
    };
    for (const Figure of [Precision, Recall, F1Score]) {
      expect(await of(new Figure(3))).toBeCloseTo(1 / 3, 12);
      expect(await of(new Figure(3, { zeroDivision: 1 }))).toBe(1);
      expect(await new Figure(3, { zeroDivision: 1 }).compute()).toBeNaN();
    }
  });

  it('refuse an average that is none', () => {
    // @ts-expect-error: not an average
    expect(() => new Recall(3, { average: 'mean' })).toThrow('Recall: average must be one of macro, weighted, micro, got mean');
    // @ts-expect-error: not weights
    expect(() => new CohenKappa(3, { weights: 'cubic' })).toThrow(ArgumentError);
  });
});

describe('R2Score', () => {
  it('is 1 for constant targets that are met, 0 for others, and NaN for a single sample', async () => {
    const of = async (output: number[], target: number[]): Promise<number> => {
      const metric = new R2Score();
      metric.update(tensor(output), tensor(target));
      return metric.compute();
    };
    expect(await of([2, 2], [2, 2])).toBe(1);
    expect(await of([2, 3], [2, 2])).toBe(0);
    expect(await of([2], [2])).toBeNaN();
  });

  it('refuses shapes that would broadcast', () => {
    for (const metric of [new R2Score(), new MeanSquaredError(), new MeanAbsoluteError()])
      expect(() => metric.update(tensor([[1], [2]]), tensor([1, 2]))).toThrow(ShapeError);
  });
});

describe('CrossEntropy and Perplexity', () => {
  it('weigh batches by what counts in them', async () => {
    const [nats, perplexity] = [new CrossEntropy({ ignoreIndex: 0 }), new Perplexity({ ignoreIndex: 0 })];
    for (const metric of [nats, perplexity]) {
      metric.update(
        tensor([
          [0, 0],
          [0, Math.log(3)],
        ]),
        classes(0, 1),
      );
      metric.update(
        tensor([
          [0, 0],
          [0, 0],
        ]),
        classes(1, 1),
      );
    }
    const expected = (Math.log(4 / 3) + 2 * Math.log(2)) / 3;
    expect(await nats.compute()).toBeCloseTo(expected, 6);
    expect(await perplexity.compute()).toBeCloseTo(Math.exp(expected), 6);
  });
});

describe('ReliabilityDiagram', () => {
  it('puts a probability of 1 into the last bin, and says NaN of bins without samples', async () => {
    const diagram = new ReliabilityDiagram({ bins: 4 });
    diagram.update(
      tensor([
        [200, 0],
        [Math.log(7 / 3), 0],
      ]),
      classes(0, 1),
    );
    const bins = await diagram.compute();
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 1, 1]);
    expect(bins[2]).toMatchObject({ low: 0.5, high: 0.75, accuracy: 0 });
    expect(bins[2].confidence).toBeCloseTo(0.7, 6);
    expect(bins[3]).toMatchObject({ confidence: 1, accuracy: 1 });
    expect(bins[0].accuracy).toBeNaN();
  });
});

describe('roc', () => {
  it('7.7 is perfect for separated scores, chance for equal ones, NaN for one kind', () => {
    expect(roc([1, 2, 3, 4], [0, 0, 1, 1])).toMatchObject({ auc: 1, equalErrorRate: 0 });
    expect(roc([1, 1, 1, 1], [0, 1, 0, 1])).toMatchObject({ auc: 0.5, equalErrorRate: 0.5 });
    expect(roc([1, 2], [1, 1]).auc).toBeNaN();
    expect(roc([], []).equalErrorRate).toBeNaN();
    expect(() => roc([1], [])).toThrow(ShapeError);
  });

  it('is told which class is positive', async () => {
    const curve = new RocCurve({ positive: 0 });
    curve.update(scores, truth);
    const { auc } = await curve.compute();
    expect(auc).toBeCloseTo(1 / 3, 12);
    expect(() => new RocCurve().update(scores, truth)).toThrow('RocCurve: positive must be one of 3 classes, got undefined');
    expect(() => new RocCurve().update(tensor([1, 2]), tensor([0, 1]))).toThrow(DTypeError);
    expect(() => new RocCurve().update(tensor([1, 2]), classes(0))).toThrow(ShapeError);
  });
});

describe('every metric', () => {
  const all: readonly [string, () => Metric<unknown>][] = [
    ['Accuracy', () => new Accuracy()],
    ['TopKAccuracy', () => new TopKAccuracy(2)],
    ['ConfusionMatrix', () => new ConfusionMatrix(3)],
    ['Predictions', () => new Predictions()],
    ['TopKError', () => new TopKError(2)],
    ['Precision', () => new Precision(3)],
    ['Recall', () => new Recall(3)],
    ['F1Score', () => new F1Score(3)],
    ['ClassificationReport', () => new ClassificationReport(3)],
    ['BalancedAccuracy', () => new BalancedAccuracy(3)],
    ['CohenKappa', () => new CohenKappa(3)],
    ['MatthewsCorrCoef', () => new MatthewsCorrCoef(3)],
    ['BrierScore', () => new BrierScore()],
    ['CalibrationError', () => new CalibrationError()],
    ['ReliabilityDiagram', () => new ReliabilityDiagram()],
    ['RocCurve', () => new RocCurve({ positive: 1 })],
    ['AUROC', () => new AUROC()],
    ['AveragePrecision', () => new AveragePrecision()],
  ];

  it.each(all)('%s survives the scope it is updated in, and frees all with reset', async (_name, make) => {
    const { buffers } = currentBackend().stats();
    const metric = make();
    tidy(() => metric.update(scores.mul(1), truth));
    const first = await metric.compute();
    expect(await metric.compute()).toEqual(first);
    metric.reset();
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it.each(all)('%s refuses targets that are not the classes of the scores', (_name, make) => {
    expect(() => make().update(scores, keep(classes(1, 2)))).toThrow(ShapeError);
    expect(() => make().update(scores, tensor([1, 2, 2, 0]))).toThrow(DTypeError);
  });

  it.each(all)('%s takes mixed targets for their most probable class, or as they are', async (name, make) => {
    const mixed = tensor([
      [0.3, 0.6, 0.1],
      [0, 0.4, 0.6],
      [0, 0, 1],
      [0.7, 0.3, 0],
    ]);
    const [soft, hard] = [make(), make()];
    soft.update(scores, mixed);
    hard.update(scores, truth);
    if (name === 'BrierScore') expect(await soft.compute()).toBeLessThan(Number(await hard.compute()));
    else expect(await soft.compute()).toEqual(await hard.compute());
  });

  const others: readonly [string, () => Metric<unknown>, Tensor][] = [
    ['MeanSquaredError', () => new MeanSquaredError(), scores],
    ['MeanAbsoluteError', () => new MeanAbsoluteError(), scores],
    ['R2Score', () => new R2Score(), scores],
    ['CrossEntropy', () => new CrossEntropy(), truth],
    ['CrossEntropy of probabilities', () => new CrossEntropy(), scores],
    ['Perplexity', () => new Perplexity(), truth],
    ['RocCurve of pairs', () => new RocCurve(), truth],
  ];

  it.each(others)('%s frees all it makes, in a scope and outside of one', (name, make, target) => {
    const { buffers } = currentBackend().stats();
    const metric = make();
    const output = name === 'RocCurve of pairs' ? tensor([1, 2, 3, 4]) : scores.mul(1);
    metric.update(output, target);
    tidy(() => metric.update(output.mul(1), target));
    output.dispose();
    metric.reset();
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it.each([...all.map(([name, make]) => [name, make, truth] as const), ...others])(
    '%s goes on from its saved state to the same value',
    async (name, make, target) => {
      const output = (): Tensor => (name === 'RocCurve of pairs' ? tensor([1, 2, 3, 4]) : scores.mul(1));
      const [whole, begun, resumed] = [make(), make(), make()];
      for (const metric of [whole, begun]) metric.update(output(), target);
      const state = await begun.state?.();
      resumed.update(output(), target);
      resumed.restore?.(state ?? {});
      expect(await resumed.compute()).toEqual(await begun.compute());
      expect(await resumed.state?.()).toEqual(state);
      for (const metric of [whole, resumed]) metric.update(output().mul(0.5), target);
      expect(await resumed.compute()).toEqual(await whole.compute());
      for (const metric of [whole, begun, resumed]) metric.reset();
      make().restore?.((await make().state?.()) ?? {});
    },
  );

  const collections = [
    'ConfusionMatrix',
    'ClassificationReport',
    'Predictions',
    'ReliabilityDiagram',
    'RocCurve',
    'RocCurve of pairs',
  ];
  const figures = [...all.map(([name, make]) => [name, make] as const), ...others.map(([name, make]) => [name, make] as const)];

  it.each(figures.filter(([name]) => !collections.includes(name)))('%s is NaN before the first batch', async (_name, make) => {
    expect(await make().compute()).toBeNaN();
  });
});
