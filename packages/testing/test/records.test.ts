import { readdirSync, statSync } from 'node:fs';
import { sizeOf } from '@dl/kernels';
import * as tensorPackage from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { loadGolden } from '../src/golden/load-golden.ts';
import type { OpAsyncSample, OpRecord, OpSample, SampleInput } from '../src/record.ts';
import { families, records } from '../src/records/index.ts';
import { notOps } from './not-ops.ts';

const readGolden = await loadGolden();

const ops = Object.entries(tensorPackage)
  .filter(([name, value]) => typeof value === 'function' && !(name in notOps))
  .map(([name]) => name);
const named = records.map(({ name }) => name);

describe('records', () => {
  it('hold every op that @dl/tensor exports', () => {
    expect(ops.filter((op) => !named.includes(op))).toEqual([]);
  });

  it('hold nothing else, and no op twice', () => {
    expect(named.filter((name, i) => !ops.includes(name) || named.indexOf(name) < i)).toEqual([]);
  });

  it('list as no ops only what is exported', () => {
    expect(Object.keys(notOps).filter((name) => !(name in tensorPackage))).toEqual([]);
  });

  it('have a sample each, of a name of its own', () => {
    const clumsy = records.filter((record) => {
      const names = samplesOf(record).map(({ name }) => name);
      return names.length === 0 || new Set(names).size < names.length;
    });
    expect(clumsy.map(({ name }) => name)).toEqual([]);
  });

  it('give every input as many values as its shape takes, floats exact in float32', () => {
    const wrong = records.flatMap((record) =>
      [...samplesOf(record), ...(record.kinks ?? []), ...(record.errors ?? [])]
        .filter(({ inputs }) => !inputs.every(isExact))
        .map(({ name }) => `${record.name} › ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('golden values', () => {
  const root = new URL('../golden/', import.meta.url);
  const stored = readdirSync(root).flatMap((family) =>
    readdirSync(new URL(`${family}/`, root)).map((file) => `${family}/${file}`),
  );

  it('are of records that exist', () => {
    const known = Object.entries(families).flatMap(([family, members]) => members.map(({ name }) => `${family}/${name}.json`));
    expect(stored.filter((file) => !known.includes(file))).toEqual([]);
  });

  it('are of samples that exist', () => {
    const orphans = records.flatMap((record) => {
      const names = samplesOf(record).map(({ name }) => name);
      return Object.keys(readGolden(record.name)?.samples ?? {}).filter((name) => !names.includes(name));
    });
    expect(orphans).toEqual([]);
  });

  it('take at most 50 KB a file', () => {
    const sizes = stored.map((file) => ({ file, bytes: statSync(new URL(file, root)).size }));
    expect(sizes.filter(({ bytes }) => bytes > 50_000)).toEqual([]);
  });
});

function samplesOf({ samples, asyncSamples = [] }: OpRecord): readonly (OpSample | OpAsyncSample)[] {
  return [...samples, ...asyncSamples];
}

function isExact({ shape, dtype, values }: SampleInput): boolean {
  return values.length === sizeOf(shape) && (dtype !== 'float' || values.every((value) => Object.is(Math.fround(value), value)));
}
