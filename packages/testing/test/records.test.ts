import { readdirSync } from 'node:fs';
import * as tensorPackage from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { families, records } from '../src/records/index.ts';
import { notOps } from './not-ops.ts';
import { readGolden } from './read-golden.ts';

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
    const clumsy = records.filter(
      ({ samples }) => samples.length === 0 || new Set(samples.map(({ name }) => name)).size < samples.length,
    );
    expect(clumsy.map(({ name }) => name)).toEqual([]);
  });

  it('give every input as many values as its shape takes, exact in float32', () => {
    const inputs = records.flatMap(({ name, samples, kinks = [], errors = [] }) =>
      [...samples, ...kinks, ...errors].flatMap((call) =>
        call.inputs.map((input) => ({ place: `${name} › ${call.name}`, input })),
      ),
    );
    const wrong = inputs.filter(
      ({ input: { shape, values } }) =>
        values.length !== shape.reduce((size, extent) => size * extent, 1) ||
        !values.every((value) => Object.is(Math.fround(value), value)),
    );
    expect(wrong.map(({ place }) => place)).toEqual([]);
  });
});

describe('golden values', () => {
  it('are of records and samples that exist', () => {
    const root = new URL('../golden/', import.meta.url);
    const stored = readdirSync(root).flatMap((family) =>
      readdirSync(new URL(`${family}/`, root)).map((file) => `${family}/${file}`),
    );
    const known = Object.entries(families).flatMap(([family, members]) => members.map(({ name }) => `${family}/${name}.json`));
    expect(stored.filter((file) => !known.includes(file))).toEqual([]);
    const stale = records.flatMap(({ name, samples }) =>
      Object.keys(readGolden(name)?.samples ?? {}).filter((stored) => !samples.some((sample) => sample.name === stored)),
    );
    expect(stale).toEqual([]);
  });
});
