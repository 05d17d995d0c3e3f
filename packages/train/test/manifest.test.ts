import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetChecksum, drawnDigits } from '@dl/data';
import { Linear } from '@dl/layers';
import { currentBackend, manualSeed } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { compareManifests, type RunManifest, runManifest, saveWeights, weightsChecksum } from '../src/index.ts';

const train = drawnDigits({ size: 4 });
const validation = drawnDigits({ size: 3, seed: 1 });

const make = (config: unknown = { model: 'mlp', lr: 0.1 }): Promise<RunManifest> =>
  runManifest({ config, seed: 7, data: { train, validation } });

describe('runManifest', () => {
  it('says what a run was made with, as JSON', async () => {
    const manifest = await make();
    const packageJson = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    const { name, mode, threads } = currentBackend().info();
    expect(manifest).toMatchObject({
      format: 'dl-run-manifest-1',
      config: { model: 'mlp', lr: 0.1 },
      seed: 7,
      backend: { name, mode, threads, strictNumerics: true },
      runtime: expect.stringContaining(`node ${process.versions.node}`),
    });
    expect(manifest.data.train).toMatchObject({ size: 4, checksum: await datasetChecksum(train) });
    expect(manifest.data.validation.checksum).not.toBe(manifest.data.train.checksum);
    expect(manifest.versions['@dl/train']).toBe(packageJson.version);
    expect(Object.keys(manifest.versions)).toEqual(expect.arrayContaining(['@dl/kernels-wasm', '@dl/optim', '@dl/tensor']));
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });
});

describe('weightsChecksum', () => {
  it('is that of the file of the weights, and another for another bit', async () => {
    manualSeed(1);
    const model = new Linear(3, 2);
    const folder = await mkdtemp(join(tmpdir(), 'dl-weights-'));
    try {
      await saveWeights(join(folder, 'weights.safetensors'), model);
      const file = createHash('sha256').update(await readFile(join(folder, 'weights.safetensors')));
      const before = await weightsChecksum(model);
      expect(before).toBe(file.digest('hex'));
      model.weight.assign(model.weight.mul(1 + 2 ** -23));
      expect(await weightsChecksum(model)).not.toBe(before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('compareManifests', () => {
  const bits = (before: RunManifest, now: RunManifest): unknown[] =>
    compareManifests(before, now)
      .filter(({ path }) => path !== 'begun')
      .map((difference) => [difference.path, difference.bits]);

  it('finds nothing that bears on the bits between two runs of the same', async () => {
    expect(bits(await make(), await make())).toEqual([]);
    expect(bits(await make(), JSON.parse(JSON.stringify(await make())))).toEqual([]);
  });

  it('says what differs, and what that does to the bits', async () => {
    const before = await make({ model: 'mlp', lr: 0.1, layers: [64, 10] });
    const now: RunManifest = {
      ...(await make({ model: 'mlp', lr: 0.2, layers: [64], decay: 0 })),
      seed: 8,
      versions: { ...before.versions, '@dl/optim': '9.9.9' },
      runtime: 'another engine',
      data: { train: { ...before.data.train, checksum: 'another' }, validation: before.data.validation },
      backend: { ...before.backend, mode: 'wasm-simd-9', threads: 99, adapter: 'a GPU' },
    };
    expect(bits(before, now)).toEqual([
      ['config.lr', 'other'],
      ['config.layers.1', 'other'],
      ['config.decay', 'other'],
      ['seed', 'other'],
      ['versions.@dl/optim', 'perhaps other'],
      ['runtime', 'perhaps other'],
      ['data.train.checksum', 'other'],
      ['backend.mode', 'other'],
      ['backend.threads', 'same'],
      ['backend.adapter', 'perhaps other'],
    ]);
    const [lr] = compareManifests(before, now).filter(({ path }) => path === 'config.lr');
    expect(lr).toMatchObject({ before: 0.1, now: 0.2, because: 'it was another run that was asked for' });
  });
});
