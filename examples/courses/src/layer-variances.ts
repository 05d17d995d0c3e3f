import { init } from '@dl/layers';
import { matmul, Rng, relu, type Tensor, tanh, variance } from '@dl/tensor';

/** A first draw of weights with deviation $\sqrt{\text{gain} / d}$, and the activation after them. */
export interface VarianceOptions {
  readonly activation: 'tanh' | 'relu';
  /** 1 is Xavier's draw, 2 is He's. */
  readonly gain: number;
  /** Deviation of the inputs. */
  readonly std: number;
  readonly seed?: number;
}

/** The variance before the activation of each of ten layers, divided by that of the first. */
export async function layerVariances({ activation, gain, std, seed = 1 }: VarianceOptions): Promise<number[]> {
  const [layers, width] = [10, 256];
  const fn = activation === 'tanh' ? tanh : relu;
  const rng = new Rng(seed);
  const variances: number[] = [];
  let a: Tensor = rng.normal([256, width], { std });
  for (let layer = 0; layer < layers; layer++) {
    const z = matmul(a, init.normal([width, width], { rng, std: Math.sqrt(gain / width) }));
    variances.push(Number(await variance(z).item()));
    a = fn(z);
  }
  return variances.map((value) => value / variances[0]);
}
