import { type Tensor, tensor } from '@dl/tensor';

/** Options of {@link gaborBank}. */
export interface GaborOptions {
  readonly size?: number;
  readonly orientations?: number;
  /** Pixels from crest to crest. */
  readonly wavelength?: number;
  /** By what the wave is moved, in radians: 0 is a bar, $\pi / 2$ an edge. */
  readonly phase?: number;
}

/**
 * Cells of Hubel and Wiesel: waves under a bell, $e^{-(u^2 + v^2) / 2\sigma^2} \cos(2\pi u / \lambda + \varphi)$ with $u$ across the preferred
 * orientation, less their mean, so that an even grey is not seen.
 *
 * @returns `[orientations, 1, size, size]`, each of norm 1; filter i is for stripes whose normal is turned by $i \pi / \text{orientations}$
 */
export function gaborBank({ size = 11, orientations = 8, wavelength = 5, phase = 0 }: GaborOptions = {}): Tensor {
  const middle = (size - 1) / 2;
  const bank = Array.from({ length: orientations }, (_, i) => {
    const angle = (i * Math.PI) / orientations;
    const values = Array.from({ length: size * size }, (_, at) => {
      const [x, y] = [(at % size) - middle, Math.floor(at / size) - middle];
      const across = x * Math.cos(angle) + y * Math.sin(angle);
      return Math.exp(-(x * x + y * y) / (2 * (0.5 * wavelength) ** 2)) * Math.cos((2 * Math.PI * across) / wavelength + phase);
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const length = Math.hypot(...values.map((value) => value - mean));
    return values.map((value) => (value - mean) / length);
  });
  return tensor(bank).reshape([orientations, 1, size, size]);
}

/** Stripes whose normal is turned by `angle`, `[1, 1, side, side]`. */
export function stripes(angle: number, side = 32, wavelength = 5): Tensor {
  const values = Array.from({ length: side * side }, (_, at) => {
    const across = (at % side) * Math.cos(angle) + Math.floor(at / side) * Math.sin(angle);
    return Math.cos((2 * Math.PI * across) / wavelength);
  });
  return tensor(values, { shape: [1, 1, side, side] });
}
