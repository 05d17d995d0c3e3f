import { abs, cast, greater, lessEqual, max, maximum, mean, mul, sub, type Tensor } from '@dl/tensor';
import { type Observation, percent } from './finding.ts';
import { measure } from './measure.ts';
import type { Readings } from './readings.ts';

/** Beyond which share of its range an output of tanh or sigmoid is at the end. */
const end = 0.99;

/** How far an output is from the middle of the op's range, as a share of it. */
const excursions: Readonly<Record<string, (y: Tensor) => Tensor>> = {
  tanh: (y) => abs(y),
  sigmoid: (y) => abs(sub(mul(y, 2), 1)),
};

/** An op in a layer, over a window of batches. */
interface Watched {
  readonly op: string;
  readonly path: string;
  /** Of ReLU: the greatest output of each unit so far. */
  greatest: Tensor | undefined;
  /** Which numbers of the next reading are shares. */
  readings: number[];
  /** Of ReLU, units that have been zero so far; of others, outputs at the ends; batch by batch. */
  shares: number[];
}

/** Watches what ReLU, tanh and sigmoid give. */
export class ActivationWatch {
  readonly #readings: Readings;
  readonly #watched: Map<string, Watched> = new Map();
  /** Whose the outputs of this batch are. */
  readonly #owners: Map<Tensor, Watched> = new Map();
  /** How often an op has run in a layer, in this batch. */
  readonly #calls: Map<string, number> = new Map();

  constructor(readings: Readings) {
    this.#readings = readings;
  }

  /** Takes in what an op in a layer gave. */
  add(op: string, layer: string, output: Tensor): void {
    if (op !== 'relu' && excursions[op] === undefined) return;
    const watched = this.#next(op, layer);
    this.#owners.set(output, watched);
    const which = (): Tensor => (op === 'relu' ? neverPositive(watched, output) : greater(excursions[op](output), end));
    watched.readings.push(this.#readings.add(() => mean(cast(which(), 'float32'))));
  }

  /** Knows an output by another handle too. */
  rename(from: Tensor, to: Tensor): void {
    const owner = this.#owners.get(from);
    if (owner !== undefined) this.#owners.set(to, owner);
  }

  /** Leaves out what the model returns: there it is no fault to be sure. */
  leaveOut(output: Tensor): void {
    this.#owners.get(output)?.readings.pop();
  }

  /** Lets go of a batch. */
  endBatch(): void {
    this.#owners.clear();
    this.#calls.clear();
  }

  /** Takes in the numbers that were read. */
  take(numbers: ArrayLike<number>): void {
    for (const watched of this.#watched.values()) {
      watched.shares.push(...watched.readings.map((reading) => numbers[reading]));
      watched.readings = [];
    }
  }

  /** Ends the window: what was wrong in it. */
  endWindow(deadShare: number, saturatedShare: number): Observation[] {
    const seen = [...this.#watched.values()].filter(({ shares }) => shares.length > 0);
    const observations = seen.map((watched) =>
      watched.op === 'relu' ? dead(watched, deadShare) : saturated(watched, saturatedShare),
    );
    this.dispose();
    return observations.filter((observation) => observation !== undefined);
  }

  /** Frees what it keeps. */
  dispose(): void {
    for (const { greatest } of this.#watched.values()) greatest?.dispose();
    this.#watched.clear();
    this.endBatch();
  }

  /** What is known of the op where it runs next in a layer. */
  #next(op: string, layer: string): Watched {
    const name = `${op} of ${layer}`;
    const call = (this.#calls.get(name) ?? 0) + 1;
    this.#calls.set(name, call);
    const path = call === 1 ? layer : `${layer} (call ${call})`;
    const key = `${op} of ${path}`;
    const watched = this.#watched.get(key) ?? { op, path, greatest: undefined, readings: [], shares: [] };
    this.#watched.set(key, watched);
    return watched;
  }
}

/** Which units have not been above zero in any batch of the window. */
function neverPositive(watched: Watched, output: Tensor): Tensor {
  const last = watched.greatest;
  watched.greatest = measure(() => (last === undefined ? unitMaxima(output) : maximum(last, unitMaxima(output))));
  last?.dispose();
  return lessEqual(watched.greatest, 0);
}

/** The greatest output of each unit: of a channel of images over all places, else of an element. */
function unitMaxima(y: Tensor): Tensor {
  return max(y, y.rank === 4 ? [0, 2, 3] : 0);
}

function dead({ op, path, shares }: Watched, limit: number): Observation | undefined {
  const value = shares[shares.length - 1];
  if (!(value > limit)) return undefined;
  const message = `${percent(value)} of the units of ${path} were zero for all samples of ${shares.length} batches`;
  return { kind: 'dead', where: 'activation', path, op, value, message };
}

function saturated({ op, path, shares }: Watched, limit: number): Observation | undefined {
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  if (!(value > limit)) return undefined;
  const message = `${percent(value)} of what ${op} gives in ${path} was at the ends of its range in ${shares.length} batches`;
  return { kind: 'saturated', where: 'activation', path, op, value, message };
}
