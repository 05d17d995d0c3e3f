import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  AUROC,
  AveragePrecision,
  BalancedAccuracy,
  BrierScore,
  CalibrationError,
  ClassificationReport,
  CohenKappa,
  CrossEntropy,
  F1Score,
  MatthewsCorrCoef,
  MeanAbsoluteError,
  MeanSquaredError,
  type Metric,
  Perplexity,
  Precision,
  R2Score,
  Recall,
  RocCurve,
  TopKAccuracy,
} from '../src/index.ts';

// scikit-learn 1.2 and SciPy 1.10, made by golden/make.py.
const golden = JSON.parse(readFileSync(new URL('golden/metrics.json', import.meta.url), 'utf8'));
const [samples, classes] = [48, 5];

function scores(ties: boolean): number[][] {
  return Array.from({ length: samples }, (_, i) =>
    Array.from({ length: classes }, (_, c) => {
      const value = ((37 * i + 17 * c + 11 * ((i * c) % 7)) % 41) / 8 - 2;
      return ties ? Math.floor(value) : value;
    }),
  );
}

const truth = Array.from({ length: samples }, (_, i) => (i * i + Math.floor(i / 3)) % 4);
const int = (values: number[]): Tensor => tensor(values, { dtype: 'int32' });

/** What a metric says of all samples, in two batches of different sizes. */
async function of<V>(metric: Metric<V>, output: (number | number[])[], target: number[], make = int): Promise<V> {
  for (const [from, to] of [
    [0, 20],
    [20, samples],
  ])
    metric.update(tensor(output.slice(from, to) as number[]), make(target.slice(from, to)));
  const value = await metric.compute();
  metric.reset();
  return value;
}

describe.each([false, true])('metrics of classes, ties %s', (ties) => {
  const expected = golden.classes[Number(ties)];
  const x = scores(ties);

  it('average precision, recall and F1 as scikit-learn', async () => {
    const found: Record<string, number> = {};
    for (const Figure of [Precision, Recall, F1Score]) {
      for (const average of ['macro', 'weighted', 'micro'] as const) {
        for (const zeroDivision of [0, 1] as const)
          found[`${Figure.name} ${average} ${zeroDivision}`] = await of(new Figure(classes, { average, zeroDivision }), x, truth);
      }
    }
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected.figures).sort());
    for (const [name, value] of Object.entries(found)) expect(value, name).toBeCloseTo(expected.figures[name], 12);
  });

  it('report each class as scikit-learn', async () => {
    const report = await of(new ClassificationReport(classes), x, truth);
    report.forEach((figures, k) => {
      for (const [name, value] of Object.entries(figures)) expect(value, name).toBeCloseTo(expected.perClass[k][name], 12);
    });
  });

  it('measure agreement and balance as scikit-learn', async () => {
    expect(await of(new BalancedAccuracy(classes), x, truth)).toBeCloseTo(expected.balancedAccuracy, 12);
    expect(await of(new MatthewsCorrCoef(classes), x, truth)).toBeCloseTo(expected.matthews, 12);
    for (const weights of ['none', 'linear', 'quadratic'] as const)
      expect(await of(new CohenKappa(classes, { weights }), x, truth), weights).toBeCloseTo(expected.kappa[weights], 12);
  });

  it('measure probabilities as scikit-learn and the formulas', async () => {
    expect(await of(new BrierScore(), x, truth)).toBeCloseTo(expected.brier, 5);
    expect(await of(new CrossEntropy(), x, truth)).toBeCloseTo(expected.crossEntropy, 5);
    expect(await of(new CrossEntropy({ unit: 'bits' }), x, truth)).toBeCloseTo(expected.crossEntropy / Math.LN2, 5);
    expect(await of(new Perplexity(), x, truth)).toBeCloseTo(expected.perplexity, 4);
    for (const norm of ['l1', 'l2', 'max'] as const)
      expect(await of(new CalibrationError({ bins: 10, norm }), x, truth), norm).toBeCloseTo(expected.calibration[norm], 5);
  });

  it('rank each class against the others as scikit-learn', async () => {
    expect(await of(new AUROC(), x, truth)).toBeCloseTo(expected.auroc, 6);
    expect(await of(new AveragePrecision(), x, truth)).toBeCloseTo(expected.averagePrecision, 6);
  });

  it('take the k highest as scikit-learn, the first of equal ones', async () => {
    for (const [k, value] of Object.entries(expected.topK)) expect(await of(new TopKAccuracy(Number(k)), x, truth)).toBe(value);
  });
});

describe.each([false, true])('metrics of pairs, ties %s', (ties) => {
  const expected = golden.pairs[Number(ties)];
  const x = scores(ties).map((row) => row[1]);
  const same = x.map((_, i) => Number((i * 5) % 7 < 3));

  it('have the curve, the area and the equal error rate of scikit-learn and SciPy', async () => {
    const curve = await of(new RocCurve(), x, same);
    expect(Array.from(curve.falsePositiveRate)).toEqual(expected.fpr);
    expect(Array.from(curve.truePositiveRate)).toEqual(expected.tpr);
    expect(Array.from(curve.thresholds)).toEqual([Infinity, ...expected.thresholds]);
    expect(curve.auc).toBeCloseTo(expected.auc, 12);
    expect(curve.equalErrorRate).toBeCloseTo(expected.equalErrorRate, 9);
    expect(await of(new AUROC(), x, same)).toBeCloseTo(expected.auc, 12);
    expect(await of(new AveragePrecision(), x, same)).toBeCloseTo(expected.averagePrecision, 12);
  });
});

describe('metrics of numbers', () => {
  const x = scores(false);
  const y = x.map((row, i) => row.map((value) => Math.floor(value * 2) / 2 + (i % 5) / 4 + 1000));
  const shifted = x.map((row) => row.map((value) => value + 1000));
  const expected = golden.numbers;
  const columns = async (metric: Metric): Promise<number> => {
    metric.update(tensor(shifted.slice(0, 7)), tensor(y.slice(0, 7)));
    metric.update(tensor(shifted.slice(7)), tensor(y.slice(7)));
    return metric.compute();
  };

  it('are those of scikit-learn, far from zero too', async () => {
    expect(await columns(new MeanSquaredError())).toBeCloseTo(expected.mse, 5);
    expect(await columns(new MeanAbsoluteError())).toBeCloseTo(expected.mae, 5);
    expect(await columns(new R2Score())).toBeCloseTo(expected.r2, 5);
    const first = (rows: number[][]): number[] => rows.map(([value]) => value);
    expect(await of(new R2Score(), first(shifted), first(y), (values) => tensor(values))).toBeCloseTo(expected.r2First, 5);
  });
});
