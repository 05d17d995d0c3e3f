import type { RunManifest } from './run-manifest.ts';

/** Something that is not the same in two manifests. */
export interface ManifestDifference {
  /** Where it is: `config.lr`. */
  readonly path: string;
  /** As it was, and as it is; undefined where it is not said. */
  readonly before: unknown;
  readonly now: unknown;
  /** What it does to the bits of the weights. */
  readonly bits: 'other' | 'perhaps other' | 'same';
  /** Why. */
  readonly because: string;
}

type Meaning = Pick<ManifestDifference, 'bits' | 'because'>;

/** What differences mean, by the beginning of their path; the first that fits. */
const meanings: readonly (readonly [path: string, meaning: Meaning])[] = [
  ['begun', { bits: 'same', because: 'no time goes into the weights' }],
  ['config', { bits: 'other', because: 'it was another run that was asked for' }],
  ['seed', { bits: 'other', because: 'weights, order and noise are drawn from it' }],
  ['data', { bits: 'other', because: 'the items, or their order, are not the same' }],
  ['backend.threads', { bits: 'same', because: 'kernels cut their work by its shape, not by the threads' }],
  ['backend.name', { bits: 'other', because: 'backends add up in orders of their own' }],
  ['backend.mode', { bits: 'other', because: 'relaxed SIMD and GPUs round products and sums otherwise' }],
  ['backend', { bits: 'perhaps other', because: 'another device or driver may round otherwise' }],
  ['versions', { bits: 'perhaps other', because: 'another version may compute in another order' }],
  ['runtime', { bits: 'perhaps other', because: 'another engine may round logarithms and cosines otherwise' }],
  ['weights', { bits: 'other', because: 'that is what came of it' }],
];

/**
 * What is not the same in the manifest of a run and in one made now: what explains that a run which is made again comes to other bits. None that bears on
 * the bits means that they must be the same.
 *
 * @example
 * const data = { train: drawnDigits({ size: 8 }) };
 * const before = await runManifest({ config: { lr: 0.1 }, seed: 1, data });
 * const now = await runManifest({ config: { lr: 0.2 }, seed: 1, data });
 * const [{ path, bits }] = compareManifests(before, now).filter((difference) => difference.bits !== 'same');
 * [path, bits] // ['config.lr', 'other']
 */
export function compareManifests(before: RunManifest, now: RunManifest): ManifestDifference[] {
  return [...differences(before, now, '')].map(({ path, ...values }) => {
    const [, meaning] = meanings.find(([beginning]) => path === beginning || path.startsWith(`${beginning}.`)) ?? [];
    return { path, ...values, ...(meaning ?? { bits: 'perhaps other', because: 'it is not known what it does' }) };
  });
}

function* differences(
  before: unknown,
  now: unknown,
  path: string,
): Generator<Pick<ManifestDifference, 'path' | 'before' | 'now'>> {
  if (!isObject(before) || !isObject(now)) {
    if (before !== now) yield { path, before, now };
    return;
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    yield* differences(before[name], now[name], path === '' ? name : `${path}.${name}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
