import { clippedGradients, layerGradients, timeGradients } from './gradient-flow.ts';
import { legend, type Place, Plot, paints } from './plot.ts';
import { picture } from './svg.ts';

const [width, height, top] = [250, 230, 130];
const left = (i: number): number => 64 + i * (width + 62);
const powers = (least: number, most: number): number[] =>
  Array.from({ length: (most - least) / 2 + 1 }, (_, i) => 10 ** (least + 2 * i));
const numbered = (values: readonly number[], first = 1): Place[] => values.map((value, i) => [i + first, value]);

/** Gradients that vanish, explode and are clipped: by depth, by time, and by the length of the sequence. */
export async function gradientFlowSvg(): Promise<string> {
  return picture(
    left(2) + width + 24,
    top + height + 56,
    'Vanishing and exploding gradients',
    'Norms of gradients; a tick is a factor of 100',
    ...(await byDepth()),
    ...(await byTime()),
    ...(await byLength()),
  );
}

async function byDepth(): Promise<string[]> {
  const [sigmoid, relu] = await Promise.all([layerGradients('sigmoid'), layerGradients('relu')]);
  const plot = new Plot({
    title: 'by depth: the weights of 16 layers',
    box: [left(0), top, width, height],
    xs: [1, 16],
    ys: [1e-12, 1e2],
    log: true,
    xTicks: [1, 4, 8, 12, 16],
    yTicks: powers(-12, 2),
    xLabel: 'layer (the loss is on the right)',
  });
  return [
    plot.frame(),
    ...[sigmoid, relu].map((norms, i) => plot.line(numbered(norms), paints[i]) + plot.dots(numbered(norms), paints[i])),
    legend([left(0), top - 30], ['sigmoid', 'ReLU']),
  ];
}

async function byTime(): Promise<string[]> {
  const scales = [0.8, 1, 1.2];
  const plot = new Plot({
    title: 'by time: the inputs of an RNN',
    box: [left(1), top, width, height],
    xs: [1, 40],
    ys: [1e-4, 1e4],
    log: true,
    xTicks: [1, 10, 20, 30, 40],
    yTicks: powers(-4, 4),
    xLabel: 'step (the loss is on the right)',
  });
  const lines = scales.map(async (scale, i) => plot.line(numbered(await timeGradients(scale)), paints[i]));
  return [plot.frame(), ...(await Promise.all(lines)), legend([left(1), top - 30], ['W × 0.8', 'W × 1', 'W × 1.2'])];
}

async function byLength(): Promise<string[]> {
  const lengths = Array.from({ length: 14 }, (_, i) => 5 * (i + 1));
  const { raw, clipped } = await clippedGradients(lengths);
  const plot = new Plot({
    title: 'clipped: all weights of the RNN',
    box: [left(2), top, width, height],
    xs: [5, 70],
    ys: [1e-6, 1e4],
    log: true,
    xTicks: [10, 30, 50, 70],
    yTicks: powers(-6, 4),
    xLabel: 'length of the sequence (W × 1.2)',
  });
  const line = (values: readonly number[], i: number): string =>
    plot.line(
      lengths.map((length, at): Place => [length, values[at]]),
      paints[i],
      i === 1 ? { 'stroke-dasharray': '6 4', 'stroke-width': 2.6 } : {},
    );
  return [plot.frame(), line(raw, 0), line(clipped, 1), legend([left(2), top - 30], ['as it comes', 'clipped to 1'])];
}
