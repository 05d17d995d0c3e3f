import { vjp } from '@dl/autograd';
import { type Backend, createTypedArray, sizeOf } from '@dl/kernels';
import { type Tensor, tensor, tidy } from '@dl/tensor';
import { makers } from './makers.ts';
import type { Draw, Program, ProgramInput } from './program.ts';

/** A generator of the same numbers for the same seed: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Runs program number `seed` of an endless series on `tested` in float32 and on `oracle` in float64, every other one with its gradients, and
 * compares.
 *
 * @throws Error where they differ, or where either backend holds more afterwards than before
 */
export async function runProgram(tested: Backend, oracle: Backend, seed: number): Promise<void> {
  const next = seeded(seed);
  const draw: Draw = (least, most) => least + Math.floor(next() * (most - least + 1));
  const program = makers[seed % makers.length](draw);
  const data = program.inputs.map((input) => valuesOf(input, next));
  const slopes = draw(0, 1) === 0 ? undefined : next;
  const what = `${program.name} of ${program.inputs.map(({ shape }) => JSON.stringify(shape)).join(', ')} (seed ${seed})`;
  const held = [tested, oracle].map((backend) => backend.stats().buffers);
  // The same seed of the slopes on both.
  const seedOfSlopes = draw(0, 1e9);
  const results = (['float32', 'float64'] as const).map((dtype, i) =>
    tidy(() => evaluate(program, data, [tested, oracle][i], dtype, slopes && seeded(seedOfSlopes))),
  );
  const [got, want] = await Promise.all(results.map((tensors) => Promise.all(tensors.map((x) => x.data()))));
  for (const tensors of results) for (const x of tensors) x.dispose();
  for (const [i, values] of want.entries()) compare(`${i === 0 ? 'value' : `gradient ${i - 1}`} of ${what}`, got[i], values);
  for (const [i, backend] of [tested, oracle].entries()) {
    const { buffers } = backend.stats();
    if (buffers !== held[i]) throw new Error(`${what} must leave no buffer on ${backend.name}, left ${buffers - held[i]}`);
  }
}

function valuesOf({ shape, dtype, range: [low, high] }: ProgramInput, next: () => number): Float64Array {
  const whole = dtype !== 'float32';
  return Float64Array.from({ length: sizeOf(shape) }, () => {
    const value = low + next() * (high - low);
    return whole ? Math.floor(value) : Math.fround(value);
  });
}

/** The value, and with `slopes` its gradients by all floats. */
function evaluate(
  { inputs, run }: Program,
  data: readonly Float64Array[],
  backend: Backend,
  dtype: 'float32' | 'float64',
  slopes: (() => number) | undefined,
): Tensor[] {
  const upload = (values: ArrayLike<number>, { shape, dtype: own }: Pick<ProgramInput, 'shape' | 'dtype'>): Tensor => {
    const as = own === 'float32' ? dtype : own;
    const array = createTypedArray(as, values.length);
    array.set(values);
    return tensor(array, { shape, dtype: as, backend });
  };
  const tensors = inputs.map((input, i) => upload(data[i], input));
  if (slopes === undefined) return [run(...tensors)];
  const moving = tensors.filter((_, i) => inputs[i].dtype === 'float32');
  const { shape } = tidy(() => run(...tensors));
  const seed = upload(
    Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(slopes() * 2 - 1)),
    { shape, dtype: 'float32' },
  );
  const { value, grads } = vjp(() => run(...tensors), moving, seed);
  return [value, ...grads];
}

/** Floats may be off by rounding, in units of the whole result: sums cancel. Winograd's errors are up to 1e-4 of it. */
function compare(what: string, got: ArrayLike<number>, want: ArrayLike<number>): void {
  let squares = 0;
  for (let i = 0; i < want.length; i++) if (Number.isFinite(want[i])) squares += want[i] ** 2;
  const unit = Math.sqrt(squares / want.length);
  for (let i = 0; i < want.length; i++) {
    if (Object.is(got[i], want[i]) || Math.abs(got[i] - want[i]) <= 5e-4 * (unit + Math.abs(want[i])) + 1e-6) continue;
    throw new Error(`${what} must be ${want[i]} at element ${i}, got ${got[i]}`);
  }
}
