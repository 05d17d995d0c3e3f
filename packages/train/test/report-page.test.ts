import { tensor } from '@dl/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareHtml, Predictions, ReliabilityDiagram, type RunReport, reportHtml } from '../src/index.ts';
import { binsOf } from '../src/reports/bins-of.ts';
import { decodePng } from './decode-png.ts';
import { fullReport, historyOf } from './page-fixture.ts';
import { elementsOf, type SvgElement } from './parse-svg.ts';

const parse = (page: string): SvgElement[] => elementsOf(page.replace('<!doctype html>\n', ''), 'html');
const textsOf = (page: string, name: string): string[] =>
  parse(page)
    .filter((element) => element.name === name)
    .map(({ text }) => text);

describe('reportHtml', () => {
  const page = reportHtml(fullReport('cat'));

  it('has a section for everything that is given, in order, and links to them', () => {
    expect(textsOf(page, 'h2')).toEqual([
      'Learning curves',
      'Text',
      'Class by class',
      'Worst mistakes',
      'Calibration',
      'Weights as images',
      'Histograms',
      'Model',
      'Manifest',
    ]);
    const elements = parse(page);
    const ids = new Set(elements.flatMap(({ attributes }) => attributes.id ?? []));
    const links = elements.flatMap(({ attributes }) => attributes.href ?? []).filter((href) => href.startsWith('#'));
    expect(links).toHaveLength(9);
    expect(links.filter((href) => !ids.has(href.slice(1)))).toEqual([]);
  });

  it('leaves out what is not given', () => {
    expect(textsOf(reportHtml({ title: 'run', history: historyOf(2) }), 'h2')).toEqual(['Learning curves']);
    const empty = reportHtml({ title: 'run', history: [] });
    expect(textsOf(empty, 'h2')).toEqual([]);
    expect(textsOf(empty, 'h1')).toEqual(['run']);
  });

  it('says on top how good the model is: on test data, else at the best epoch', () => {
    const tiles = (report: RunReport): Record<string, string> => {
      const all = reportHtml(report);
      const values = textsOf(all, 'dd');
      return Object.fromEntries(textsOf(all, 'dt').map((name, i) => [name, values[i]]));
    };
    const report = fullReport('cat');
    expect(tiles(report)).toMatchObject({
      'test accuracy': '66.67 %',
      'test loss': '0.4000',
      'test samples': '9',
      epochs: '5',
      'best epoch': '3',
      'training time': '8 s',
      parameters: '547',
      seed: '7',
      'figure cat': 'cat',
    });
    expect(tiles({ ...report, test: undefined })).toMatchObject({ 'cat accuracy': '75.00 %', 'cat loss': '0.5000' });
    expect(tiles({ ...report, test: undefined, best: 5 })).toMatchObject({ 'cat loss': '0.7000', 'best epoch': '5' });
  });

  it('counts classes from the predictions', () => {
    const cells = textsOf(page, 'td');
    // Of three images of each class, one is taken for the next.
    expect(cells.filter((text) => text === '66.67 %')).toHaveLength(9);
    expect(cells.filter((text) => text === '33.33 %')).toHaveLength(3);
    expect(textsOf(page, 'figcaption')).toHaveLength(3);
  });

  it('bins predictions as the metric does', async () => {
    const scores = tensor([
      [0, 1, 2],
      [5, 0, 0],
      [0, 0.1, 0],
      [0, 9, 0],
      [1, 1, 1],
    ]);
    const target = tensor([2, 1, 1, 1, 0], { dtype: 'int32' });
    const [diagram, predictions] = [new ReliabilityDiagram({ bins: 3 }), new Predictions()];
    diagram.update(scores, target);
    predictions.update(scores, target);
    const [wanted, found] = [await diagram.compute(), binsOf(await predictions.compute(), 3)];
    expect(wanted.map(({ count }) => count)).not.toContain(5);
    for (const [i, bin] of wanted.entries()) {
      expect(found[i]).toMatchObject({ low: bin.low, high: bin.high, count: bin.count, accuracy: bin.accuracy });
      if (bin.count > 0) expect(found[i].confidence).toBeCloseTo(bin.confidence, 6);
    }
    predictions.reset();
    diagram.reset();
  });

  it('says which gradients are not finite', () => {
    expect(textsOf(page, 'td')).toContain('1 not finite');
    expect(textsOf(page, 'title')).toEqual(expect.arrayContaining(['weights of conv cat', 'gradients of conv cat']));
  });

  it('shows losses of text in nats, bits and as perplexity', () => {
    expect(textsOf(page, 'td')).toEqual(
      expect.arrayContaining(['0.4000', (0.4 / Math.LN2).toFixed(4), Math.exp(0.4).toFixed(4)]),
    );
  });

  it('holds sound pictures, each with words for who does not see it', () => {
    const elements = parse(page);
    const images = elements.filter(({ name }) => name === 'img' || name === 'image');
    const sources = images.map(({ attributes }) => attributes.src ?? attributes.href);
    for (const source of sources.filter((one) => one.startsWith('data:image/png')))
      expect(decodePng(source).bytes.length).toBeGreaterThan(0);
    expect(sources.filter((one) => !/^data:image\/(png;base64|svg\+xml),/.test(one))).toEqual([]);
    expect(images.filter(({ name, attributes }) => name === 'img' && !attributes.alt)).toEqual([]);
    const drawings = elements.flatMap(({ name }, i) => (name === 'svg' ? [elements[i + 1]] : []));
    expect(drawings.filter(({ name, text }) => name !== 'title' || text === '')).toEqual([]);
  });

  it('lets nothing that is written in it become markup', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '</title><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        'a&b<c>d"e\'f',
        '&lt;',
        ']]>',
        '\u0000\ud800\ufffe',
        '--><p>',
      ),
    );
    const shapeOf = ({ name, attributes }: SvgElement): string => `${name} ${Object.keys(attributes)}`;
    const plain = new Set(parse(page).map(shapeOf));
    fc.assert(
      fc.property(nasty, (words) => {
        const elements = parse(reportHtml(fullReport(words)));
        const shape = elements.map(shapeOf);
        expect(shape.filter((one) => !plain.has(one))).toEqual([]);
        const kept = words.replaceAll(/(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd');
        for (const name of ['h1', 'title', 'pre', 'li'])
          expect(elements.filter((one) => one.name === name).map(({ text }) => text)).toContain(kept);
      }),
      { numRuns: 12 },
    );
  });

  it('is small for a thousand classes', () => {
    const confusion = Array.from({ length: 1000 }, (_, i) =>
      Array.from({ length: 1000 }, (_, j) => (i === j ? 40 : (i * j) % 7 === 0 ? 1 : 0)),
    );
    expect(reportHtml({ title: 'many', history: historyOf(90), confusion }).length).toBeLessThan(1_000_000);
    const hundred = confusion.slice(0, 100).map((row) => row.slice(0, 100));
    const page = reportHtml({ title: 'many', history: historyOf(90), confusion: hundred });
    expect(page.length).toBeLessThan(300_000);
    expect(textsOf(page, 'summary')).toContain('Precision, recall and F1 of each class');
  });
});

describe('compareHtml', () => {
  const run = (title: string, loss: number, config: object): RunReport => {
    const figures = { loss, metrics: { accuracy: 1 - loss } };
    const history = [{ ...historyOf(1)[0], train: figures, validation: figures }];
    return { title, history, manifest: { config, seed: 1 } };
  };
  const runs = [run('a', 0.4, { lr: 0.1, model: 'mlp' }), run('b', 0.3, { lr: 0.01, model: 'mlp' })];

  it('marks the best run, and says by what', () => {
    expect(textsOf(compareHtml(runs), 'th')).toEqual(expect.arrayContaining(['a', 'b (best)']));
    expect(textsOf(compareHtml(runs), 'p')).toContain('b is the best by accuracy on held-out data at the best epoch.');
    expect(textsOf(compareHtml(runs, { by: 'loss', more: true }), 'th')).toContain('a (best)');
  });

  it('judges by test data where all runs have them', () => {
    const tested = runs.map((one, i) => ({ ...one, test: { samples: 10, loss: 0.2 + i, metrics: { accuracy: 0.9 - i / 10 } } }));
    expect(textsOf(compareHtml(tested), 'th')).toEqual(expect.arrayContaining(['a (best)', 'test accuracy']));
    expect(textsOf(compareHtml([tested[0], runs[1]]), 'th')).toContain('b (best)');
  });

  it('tells what differs from what is the same', () => {
    const captions = textsOf(compareHtml(runs), 'caption');
    expect(captions).toEqual(['Runs', 'What differs', 'What is the same']);
    const cells = textsOf(compareHtml(runs), 'td');
    expect(cells).toEqual(expect.arrayContaining(['0.1', '0.01', 'mlp']));
    expect(cells.filter((text) => text === 'mlp')).toHaveLength(1);
    expect(textsOf(compareHtml([runs[0], runs[0]]), 'p')).toContain('The configurations do not differ.');
  });

  it('draws the curves of all runs over each other', () => {
    const svgs = parse(compareHtml(runs)).filter(({ name }) => name === 'svg');
    expect(svgs).toHaveLength(2);
    expect(textsOf(compareHtml(runs), 'text')).toEqual(expect.arrayContaining(['loss', 'accuracy', 'a', 'b']));
  });

  it('is a page for no run and for runs that never trained', () => {
    expect(textsOf(compareHtml([]), 'h1')).toEqual(['Comparison of 0 runs']);
    expect(textsOf(compareHtml([{ title: 'a', history: [] }]), 'td')).toContain('–');
  });
});
