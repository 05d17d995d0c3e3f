import { valueAndGrad } from '@dl/autograd';
import type { HostTensor } from '@dl/kernels';
import { type ForwardOptions, loadStateDict, type Module } from '@dl/layers';
import { add, keep, mul, type Shape, sum, type Tensor, tensor } from '@dl/tensor';
import { expect } from 'vitest';
import golden from './golden/networks.json' with { type: 'json' };
import { fill, pattern } from './pattern.ts';

interface Values {
  readonly scale: number;
  readonly weighed: number;
  readonly sample: readonly number[];
}

interface Pass {
  readonly outputs: Readonly<Record<string, Values & { readonly shape: Shape }>>;
  readonly gradient: Values;
}

interface Network {
  readonly image: Shape;
  /** Names and shapes, as torchvision has them. */
  readonly state: Readonly<Record<string, Shape>>;
  readonly eval: Pass;
  readonly train: Pass;
}

export type NetworkName = keyof typeof golden;

/** What torchvision says of each network. */
const networks: { readonly [N in NetworkName]: Network } = golden;

/** Loads weights under torchvision's names, strictly; each is made when it is read, so that there is one at a time. */
export function loadPattern(name: NetworkName, model: Module): void {
  const dict = Object.entries(networks[name].state).map(([key, shape]): [string, HostTensor] => {
    const dtype = key.endsWith('num_batches_tracked') ? 'int32' : 'float32';
    const lazy = {
      shape,
      dtype,
      get data() {
        const values = fill(key, shape);
        return dtype === 'int32' ? Int32Array.from(values) : values;
      },
    } as const;
    return [key, lazy];
  });
  expect(loadStateDict(model, new Map(dict))).toEqual({ missing: [], unexpected: [] });
}

/** Compares a pass forward and back to the image with torchvision's. */
export async function checkPass(
  name: NetworkName,
  mode: 'eval' | 'train',
  forward: (x: Tensor, options: ForwardOptions) => Readonly<Record<string, Tensor>>,
): Promise<void> {
  const { image, [mode]: expected } = networks[name];
  const x = tensor(
    Float32Array.from(
      pattern(
        'image',
        image.reduce((a, b) => a * b),
      ),
    ),
    { shape: image },
  );
  const seen = new Map<string, Tensor>();
  const loss = (): Tensor => {
    const outputs = Object.entries(forward(x, { training: mode === 'train' }));
    for (const [key, values] of outputs) seen.set(key, keep(values));
    return outputs.map(([key, values]) => sum(mul(values, patternLike(key, values)))).reduce((a, b) => add(a, b));
  };
  const gradient = valueAndGrad(loss, [x]).grads.get(x);
  expect([...seen.keys()].sort()).toEqual(Object.keys(expected.outputs).sort());
  for (const [key, values] of seen) {
    expect(values.shape, key).toEqual(expected.outputs[key].shape);
    compare(`${mode} ${key}`, key, await values.data(), expected.outputs[key]);
  }
  compare(`${mode} gradient`, 'gradient', await gradient!.data(), expected.gradient);
}

function patternLike(name: string, { shape, size }: Tensor): Tensor {
  return tensor(Float32Array.from(pattern(name, size)), { shape });
}

function compare(what: string, key: string, values: ArrayLike<number>, { scale, weighed, sample }: Values): void {
  const step = Math.max(1, Math.floor(values.length / 12));
  for (const [i, value] of sample.entries()) {
    expect(Math.abs(values[i * step] - value) / scale, `${what} ${i * step}`).toBeLessThan(1e-4);
  }
  let total = 0;
  for (const [i, weight] of pattern(key, values.length).entries()) total += weight * values[i];
  // Errors of single elements are independent: the sum's grows with the root of their number.
  expect(Math.abs(total - weighed) / (scale * Math.sqrt(values.length)), `${what}, all of it`).toBeLessThan(1e-4);
}
