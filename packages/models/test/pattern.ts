import type { Shape } from '@dl/tensor';

/** A number in [-1, 1) for each index, which depends on the name: `pattern` of golden/networks.py. */
export function pattern(name: string, size: number): Float64Array {
  let seed = 2166136261;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 16777619);
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let x = Math.imul(i + seed, 2654435761);
    x ^= x >>> 15;
    x = Math.imul(x, 2246822519);
    x ^= x >>> 13;
    x = Math.imul(x, 3266489917);
    x ^= x >>> 16;
    values[i] = (x >>> 0) / 2 ** 31 - 1;
  }
  return values;
}

/** What a parameter of a name and shape is filled with: `fill` of golden/networks.py. Activations neither grow nor vanish. */
export function fill(name: string, shape: Shape): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (name.endsWith('num_batches_tracked')) return new Float32Array(size);
  const [scale, shift] = scaleAndShift(name, shape);
  const numbers = pattern(name, size);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = shift + scale * numbers[i];
  return values;
}

function scaleAndShift(name: string, shape: Shape): readonly [number, number] {
  if (name.endsWith('running_var')) return [0.2, 1];
  if (shape.length > 1) return [Math.sqrt(6 / shape.slice(1).reduce((product, extent) => product * extent, 1)), 0];
  return name.endsWith('running_mean') ? [0.1, 0] : [0.1, 0.2];
}
