import { concat } from '@dl/tensor';
import { contourAreas, type Region, sample } from './field.ts';
import { type Place, Plot, paints } from './plot.ts';
import { colors, picture } from './svg.ts';
import { curve, ofRelus, ofSteps, reluSwitches, target } from './universal-approximation.ts';

const [width, height, top] = [206, 190, 106];
const left = (i: number): number => 44 + i * (width + 36);
const region: Region = { xs: [-1, 1], ys: [-1, 1], columns: 48, rows: 48 };

/** A curve built of steps and of ReLUs, and the pieces into which ReLUs cut the plane. */
export async function universalApproximationSvg(): Promise<string> {
  const nets = { '10 steps': ofSteps(10), '40 steps': ofSteps(40), '10 ReLUs': ofRelus(10) };
  const curves = await Promise.all(
    Object.entries(nets).map(async ([title, net], i) => {
      const box = [left(i), top, width, height] as const;
      const plot = new Plot({ title, box, xs: [0, 1], ys: [-1.3, 1.3], xTicks: [0, 0.5, 1], yTicks: [-1, 0, 1] });
      const goal = Array.from({ length: 101 }, (_, at): Place => [at / 100, target(at / 100)]);
      return [plot.frame(), plot.line(goal, '#9aa4b5', { 'stroke-width': 4 }), plot.line(await curve(net), paints[1])].join('');
    }),
  );
  return picture(
    left(4) - 12,
    top + height + 40,
    'One hidden layer approximates any curve',
    'Grey: the curve; orange: the network. Right: each piece of the plane is one linear function of a network with two layers of six ReLUs',
    ...curves,
    await tiling(),
  );
}

async function tiling(): Promise<string> {
  const box = [left(3), top, width, height] as const;
  const plot = new Plot({ title: '2 × 6 ReLUs', box, xs: region.xs, ys: region.ys, xTicks: [-1, 0, 1], yTicks: [-1, 0, 1] });
  const switches = await Promise.all(
    Array.from({ length: 12 }, (_, unit) => sample(region, (places) => concat(reluSwitches(places), 1).slice([null, unit]))),
  );
  const style = { 'fill-opacity': 0.09, stroke: colors.ink, 'stroke-width': 0.8 };
  const areas = switches.map((heights) => contourAreas(heights, region, box, [{ above: 0, fill: paints[0] }], style));
  return [plot.frame(), ...areas].join('');
}
