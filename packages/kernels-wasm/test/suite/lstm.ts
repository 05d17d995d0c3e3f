import type { Backend } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { runFused } from './fused.ts';
import { expectClose, host, random } from './harness.ts';

type Values = ArrayLike<number>;

interface Sizes {
  readonly steps: number;
  readonly rows: number;
  readonly width: number;
  readonly reverse: boolean;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** One unit of a cell: i, f, g, o and the state → the next h and c. */
function lstmUnit([i, f, g, o]: readonly number[], c: number): readonly [h: number, c: number] {
  const next = sigmoid(f) * c + sigmoid(i) * Math.tanh(g);
  return [sigmoid(o) * Math.tanh(next), next];
}

/** The states `[2, steps, rows, width]` by the formula, in double precision. */
function statesOf({ steps, rows, width, reverse }: Sizes, [projected, weight, h, c]: readonly Values[]): Float64Array {
  const size = rows * width;
  const states = new Float64Array(2 * steps * size);
  let last: readonly Values[] = [h, c];
  for (let i = 0; i < steps; i++) {
    const time = reverse ? steps - 1 - i : i;
    const next = [0, steps].map((first) => states.subarray((first + time) * size, (first + time + 1) * size));
    for (let at = 0; at < size; at++) {
      const row = Math.floor(at / width);
      const gates = [0, 1, 2, 3].map((gate) => {
        const column = gate * width + (at % width);
        let sum = projected[(time * rows + row) * 4 * width + column];
        for (let k = 0; k < width; k++) sum += last[0][row * width + k] * weight[column * width + k];
        return sum;
      });
      [next[0][at], next[1][at]] = lstmUnit(gates, last[1][at]);
    }
    last = next;
  }
  return states;
}

/** The fused LSTM against its formula, and its gradient against finite differences of that. */
export function lstmSuite(create: () => Backend): void {
  const backend = create();

  describe('an LSTM over time', () => {
    // The last ones have more rows than a task, and a product deeper than a block; of their gradients a share is looked at.
    it.each<[Sizes, stride: number]>([
      [{ steps: 1, rows: 1, width: 1, reverse: false }, 1],
      [{ steps: 3, rows: 2, width: 3, reverse: false }, 1],
      [{ steps: 4, rows: 3, width: 4, reverse: true }, 1],
      [{ steps: 2, rows: 0, width: 4, reverse: false }, 1],
      [{ steps: 5, rows: 19, width: 6, reverse: true }, 37],
      [{ steps: 2, rows: 9, width: 70, reverse: false }, 499],
    ])('%j', async (sizes, stride) => {
      const { steps, rows, width, reverse } = sizes;
      const projected = random([steps, rows, 4 * width], 'float32', 1);
      const weight = random([4 * width, width], 'float32', 2);
      const [h, c] = [3, 4].map((seed) => random([rows, width], 'float32', seed));
      const dstates = random([2, steps, rows, width], 'float32', 5);
      const given = [projected, weight, h, c];
      const values = given.map(({ data }) => data);
      const outs = [dstates, projected];
      const [states, active] = await runFused(backend, 'lstm', given, { reverse }, outs);
      expectClose(states, Float32Array.from(statesOf(sizes, values)), { absolute: 2e-5 }, 'states');

      const inputs = [host(active, projected.shape, 'float32'), weight, c, host(states, dstates.shape, 'float32'), dstates];
      const grads = await runFused(backend, 'lstmGrad', inputs, { reverse }, [projected, h, c]);
      const loss = (place: number, i: number, by: number): number => {
        const moved = values.map((all, k) =>
          k === place ? Float64Array.from(all, (value, j) => (j === i ? value + by : value)) : all,
        );
        return statesOf(sizes, moved).reduce((sum, value, j) => sum + value * dstates.data[j], 0);
      };
      for (const [output, place] of [0, 2, 3].entries()) {
        for (let i = 0; i < values[place].length; i += stride) {
          const want = (loss(place, i, 1e-5) - loss(place, i, -1e-5)) / 2e-5;
          expect(Math.abs(grads[output][i] - want) / (1 + Math.abs(want)), `gradient ${output}, element ${i}`).toBeLessThan(2e-4);
        }
      }
    });
  });
}
