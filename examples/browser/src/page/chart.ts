import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { Figure, Round } from '../messages.ts';

/** What a {@link Chart} shows. */
export interface ChartOptions {
  readonly name: string;
  readonly figure: (round: Round) => Figure;
  readonly format: (value: number) => string;
  /** The least that the axis reaches up to. */
  readonly top: number;
}

const [width, height] = [360, 190];
/** Where the curves are: beside them the numbers of the axes have their room. */
const [left, right, top, bottom] = [46, width - 12, 8, height - 24];

/** One figure over the steps, with a curve for the training digits and one for those held out. */
export class Chart {
  readonly #host: SVGSVGElement;
  readonly #options: ChartOptions;

  constructor(host: SVGSVGElement, options: ChartOptions) {
    this.#host = host;
    this.#options = options;
    host.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }

  /** Draws the rounds so far of a training that takes `steps`. */
  draw(rounds: readonly Round[], steps: number): void {
    const { name, figure, format } = this.#options;
    const figures = rounds.map(figure);
    const highest = Math.max(this.#options.top, ...figures.flatMap(({ training, heldOut }) => [training, heldOut]));
    const x = scaleLinear([0, steps], [left, right]);
    const y = scaleLinear([0, highest], [bottom, top]).nice(4);
    const points = (of: keyof Figure): [number, number][] => rounds.map(({ step }, i) => [x(step), y(figures[i][of])]);
    this.#host.replaceChildren(
      ...y.ticks(4).flatMap((tick) => row(format(tick), y(tick))),
      ...x.ticks(4).map((tick) => label(x(tick), height - 6, String(tick), 'middle')),
      ...curve('training', points('training')),
      ...curve('held-out', points('heldOut')),
    );
    const last = rounds.at(-1);
    const values = last && figure(last);
    const text = values && `training ${format(values.training)}, held out ${format(values.heldOut)} after ${last.step} steps`;
    this.#host.setAttribute('aria-label', `${name}: ${text ?? 'nothing yet'}`);
  }
}

function row(text: string, y: number): SVGElement[] {
  return [svg('line', { x1: left, x2: right, y1: y, y2: y, class: 'grid' }), label(left - 8, y + 4, text, 'end')];
}

function label(x: number, y: number, text: string, anchor: string): SVGElement {
  const element = svg('text', { x, y, 'text-anchor': anchor });
  element.textContent = text;
  return element;
}

function curve(name: string, points: [number, number][]): SVGElement[] {
  const dot = points.slice(-1).map(([cx, cy]) => svg('circle', { cx, cy, r: 3, class: name }));
  return [svg('path', { d: line()(points) ?? '', class: name }), ...dot];
}

function svg(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
