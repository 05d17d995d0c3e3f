import { type Dataset, datasetChecksum } from '@dl/data';
import type { BackendInfo } from '@dl/kernels';
import { currentBackend } from '@dl/tensor';
import { packageVersions } from './package-versions.ts';

/** JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What {@link runManifest} is told. */
export interface RunManifestOptions {
  /** All that the run was asked for: what makes it again. What JSON cannot say is left out. */
  readonly config: unknown;
  readonly seed: number;
  /** The datasets by what they are for. */
  readonly data: Readonly<Record<string, Dataset<unknown>>>;
}

/** Which items a run was made with. */
export interface DataManifest {
  readonly size: number;
  readonly split?: string | undefined;
  /** See `datasetChecksum` of `@dl/data`. */
  readonly checksum: string;
}

/** All that the bits of a run's weights depend on. It is JSON. */
export interface RunManifest {
  readonly format: 'dl-run-manifest-1';
  /** When it was begun, in ISO 8601. */
  readonly begun: string;
  readonly config: Json;
  readonly seed: number;
  /** Of the packages of this framework, by their names. */
  readonly versions: Readonly<Record<string, string>>;
  /** What runs the program: its name and version, and the machine's kind. */
  readonly runtime: string;
  readonly data: Readonly<Record<string, DataManifest>>;
  readonly backend: Omit<BackendInfo, 'refused'> & { readonly strictNumerics: boolean };
  /** What came of it: see {@link weightsChecksum}. Undefined until the run is over. */
  readonly weights?: string | undefined;
}

/**
 * The record of a run that is about to begin: write it beside the results, with the checksum of the weights when they are there. Whoever runs the same
 * again gets the same bits, or learns from {@link compareManifests} why not.
 *
 * @example
 * const manifest = await runManifest({ config: { model: 'mlp' }, seed: 1, data: { train: drawnDigits({ size: 8 }) } });
 * manifest.data.train.size // 8
 * const model = new Linear(2, 1);
 * const record = JSON.stringify({ ...manifest, weights: await weightsChecksum(model) });
 */
export async function runManifest({ config, seed, data }: RunManifestOptions): Promise<RunManifest> {
  const { refused: _, ...info } = currentBackend().info();
  const described = Object.entries(data).map(async ([name, dataset]) => [name, await describe(dataset)] as const);
  return {
    format: 'dl-run-manifest-1',
    begun: new Date().toISOString(),
    config: JSON.parse(JSON.stringify(config ?? null)),
    seed,
    versions: await packageVersions(),
    runtime: runtime(),
    data: Object.fromEntries(await Promise.all(described)),
    backend: { ...info, strictNumerics: info.strictNumerics ?? true },
  };
}

async function describe(dataset: Dataset<unknown>): Promise<DataManifest> {
  const { size, split } = dataset;
  return { size, ...(split !== undefined && { split }), checksum: await datasetChecksum(dataset) };
}

function runtime(): string {
  if (typeof process === 'undefined' || process.versions?.node === undefined) return navigator.userAgent;
  return `node ${process.versions.node} (V8 ${process.versions.v8}) on ${process.platform} ${process.arch}`;
}
