import { tensor } from '@dl/tensor';
import { contours } from 'd3-contour';
import { beale, goal, type Place, type Racer, start } from './optimiser-race.ts';
import { colors, element, picture, points, round } from './svg.ts';

/** The part of the plane that is shown, and its size on paper. */
const [west, east, south, north] = [0, 4, -1.5, 2];
const [width, height] = [640, 560];
const [left, top] = [24, 76];

/** Seconds that the race takes on paper. */
const duration = 12;

/** The power of 2 of the lowest contour, and the colours of the lowest and the highest ground. */
const lowest = -7;
const [deep, high] = [
  [126, 152, 184],
  [246, 248, 251],
];

/** Told apart by colour-blind eyes, too (Okabe & Ito, 2008). */
const paints = ['#d55e00', '#009e73', '#cc79a7', '#0072b2', '#e69f00', '#000000'];

/**
 * The race as an animated SVG picture: contours of Beale's function, and over them the ways of the optimisers, one frame a step. Programs that do not
 * animate show where the ways end.
 */
export async function optimiserRaceSvg(racers: readonly Racer[]): Promise<string> {
  const steps = Math.max(...racers.map(({ path }) => path.length)) - 1;
  const clip = element('clipPath', { id: 'map' }, element('rect', { x: left, y: top, width, height }));
  return picture(
    left + width + 136,
    top + height + 24,
    'Six optimisers in a long valley',
    `Beale's function, ${steps} steps; a contour is a factor of 2 in height`,
    element('defs', {}, clip),
    element('g', { 'clip-path': 'url(#map)' }, ...(await map()), cross(goal), ...racers.map(runner)),
    element('circle', { cx: x(start), cy: y(start), r: 4, fill: colors.paper, stroke: colors.ink }),
    element('rect', { x: left, y: top, width, height, fill: 'none', stroke: colors.grid }),
    ...racers.map(({ name }, i) => legend(name, i)),
  );
}

async function map(): Promise<string[]> {
  const [columns, rows] = [width / 4, height / 4];
  const places = Array.from({ length: columns * rows }, (_, i): Place => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return [west + ((column + 0.5) / columns) * (east - west), north - ((row + 0.5) / rows) * (north - south)];
  });
  // Both coordinates as vectors: the function takes them as it takes two numbers.
  const heights = beale(tensor([places.map(([across]) => across), places.map(([, up]) => up)]));
  const levels = Array.from(await heights.data(), (value) => Math.log2(Number(value) + 2 ** lowest));
  heights.dispose();
  const thresholds = Array.from({ length: 17 }, (_, i) => lowest + i);
  return contours()
    .size([columns, rows])
    .thresholds(thresholds)(levels)
    .map(({ coordinates, value }) => {
      const d = coordinates
        .flat()
        .map((ring) => `M${ring.map(([across, down]) => `${round(left + across * 4)} ${round(top + down * 4)}`).join('L')}Z`);
      const share = (value - lowest) / (thresholds.length - 1);
      const fill = `rgb(${mix(deep, high, share).join(',')})`;
      return element('path', {
        d: d.join(''),
        fill,
        stroke: '#ffffff',
        'stroke-width': 0.6,
      });
    });
}

/** A way that is drawn step by step, and a dot at its end. */
function runner({ name, path }: Racer, i: number): string {
  const stroke = paints[i % paints.length];
  const lengths = path.map((_, step) => path.slice(1, step + 1).reduce((sum, place, at) => sum + distance(path[at], place), 0));
  const total = lengths[lengths.length - 1] || 1;
  const frames = { dur: `${duration}s`, repeatCount: 'indefinite' };
  const animate = (attributeName: string, values: readonly number[]): string =>
    element('animate', {
      attributeName,
      values: values.map((value) => String(Math.round(value * 1000) / 1000)).join(';'),
      ...frames,
    });
  const line = {
    points: points(path.map((place) => [x(place), y(place)])),
    fill: 'none',
    stroke,
    'stroke-width': 2.2,
    'stroke-linejoin': 'round',
  };
  const end = path[path.length - 1];
  return element(
    'g',
    { 'aria-label': name },
    element(
      'polyline',
      { ...line, 'stroke-dasharray': total, 'stroke-dashoffset': 0 },
      animate(
        'stroke-dashoffset',
        lengths.map((length) => total - length),
      ),
    ),
    element(
      'circle',
      { cx: x(end), cy: y(end), r: 5.5, fill: stroke, stroke: colors.paper, 'stroke-width': 1.5 },
      animate('cx', path.map(x)),
      animate('cy', path.map(y)),
    ),
  );
}

function cross(place: Place): string {
  const [cx, cy] = [x(place), y(place)];
  return element('path', {
    d: `M${round(cx - 6)} ${round(cy)}h12M${round(cx)} ${round(cy - 6)}v12`,
    stroke: colors.ink,
    'stroke-width': 1.6,
  });
}

function legend(name: string, i: number): string {
  const at = { x: left + width + 40, y: top + 24 + 26 * i };
  return [
    element('circle', { cx: at.x - 14, cy: at.y - 4.5, r: 5.5, fill: paints[i % paints.length] }),
    element('text', { ...at, 'font-size': 13.5, fill: colors.ink }, name),
  ].join('');
}

const x = ([across]: Place): number => left + ((across - west) / (east - west)) * width;
const y = ([, up]: Place): number => top + ((north - up) / (north - south)) * height;
const distance = (a: Place, b: Place): number => Math.hypot(x(a) - x(b), y(a) - y(b));
const mix = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((one, i) => Math.round(one + (to[i] - one) * share));
