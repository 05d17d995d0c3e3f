import { numbers } from '../host.ts';
import { activated, floats, lstmUnit, type Numbers, scattered } from './formulas.ts';
import type { FusedCases } from './fused-case.ts';

const sizes: readonly (readonly [rows: number, width: number])[] = [
  [2, 1],
  [1, 3],
  [3, 4],
  [2, 9],
  [5, 12],
  [33, 67],
  [0, 4],
];

/** Cells with their units' gates. */
function cells() {
  return sizes.map(([rows, width]) => {
    const [gates, c] = [numbers([rows, 4 * width]), numbers([rows, width], 'float32', 2)];
    const places = Array.from(c.data, (_, i) =>
      [0, 1, 2, 3].map((gate) => Math.floor(i / width) * 4 * width + gate * width + (i % width)),
    );
    const units = places.map((list) => list.map((place) => gates.data[place]));
    const ofGates = (values: readonly Numbers[]) => floats(gates.shape, scattered(gates.data.length, places, values));
    const ofStates = (values: Numbers) => floats(c.shape, values);
    return { name: `of [${rows}, ${width}]`, gates, c, units, ofGates, ofStates };
  });
}

export const lstmCellCases: FusedCases<'lstmCell'> = () =>
  cells().map(({ name, gates, c, units, ofGates, ofStates }) => {
    const next = units.map((unit, i) => lstmUnit(unit, c.data[i]));
    const outs = [ofStates(next.map(([h]) => h)), ofStates(next.map(([, state]) => state)), ofGates(units.map(activated))];
    return { name, inputs: [gates, c], attrs: {}, outs };
  });

/** Against central differences of the formula. */
export const lstmCellGradCases: FusedCases<'lstmCellGrad'> = () =>
  cells().map(({ name, c, units, ofGates, ofStates }) => {
    const [dh, dc] = [numbers(c.shape, 'float32', 3), numbers(c.shape, 'float32', 4)];
    const next = units.map((unit, i) => lstmUnit(unit, c.data[i])[1]);
    const slope = (i: number, input: number): number => {
      const moved = [1e-5, -1e-5].map((by) => {
        const [h, state] = lstmUnit(
          units[i].map((value, gate) => value + (gate === input ? by : 0)),
          c.data[i] + (input === 4 ? by : 0),
        );
        return h * dh.data[i] + state * dc.data[i];
      });
      return (moved[0] - moved[1]) / 2e-5;
    };
    const dgates = units.map((_, i) => [0, 1, 2, 3].map((gate) => slope(i, gate)));
    const inputs = [ofGates(units.map(activated)), c, ofStates(next), dh, dc];
    return { name, inputs, attrs: {}, outs: [ofGates(dgates), ofStates(units.map((_, i) => slope(i, 4)))] };
  });
