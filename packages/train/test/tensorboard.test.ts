import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ArgumentError, FormatError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import {
  bucketHistogram,
  EventWriter,
  encodeEvents,
  readEvents,
  type SummaryValue,
  type TensorBoardEvent,
} from '../src/index.ts';
import { crc32c } from '../src/tensorboard/crc32c.ts';
import { encodeRecord } from '../src/tensorboard/records.ts';
import { decodeWithProtobufjs } from './tensorboard/decode.ts';

/** What scripts/tfevents.py wrote with PyTorch 1.13, Google's protobuf and crcmod. */
const byPytorch = new Uint8Array(await readFile(new URL('tensorboard/pytorch.tfevents', import.meta.url)));

const histogram = bucketHistogram([0, 1e-3, 0.5, 0.52, -2, -2, 3, 1e5]);
const image = { width: 3, height: 2, channels: 3, png: Uint8Array.of(137, 80, 78, 71, 0, 255) };
const values: readonly SummaryValue[] = [
  { kind: 'scalar', tag: 'loss/train', value: 0.75 },
  { kind: 'histogram', tag: 'weights/fc', histogram },
  { kind: 'image', tag: 'samples', image },
  { kind: 'text', tag: 'note', text: 'größer' },
];
const events: readonly TensorBoardEvent[] = [
  { wallTime: 1700000000.25, step: 0, fileVersion: 'brain.Event:2', values: [] },
  { wallTime: 1700000001.5, step: 5_000_000_000, sessionStart: true, values: [] },
  { wallTime: 1700000002, step: 7, values },
];

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'dl-events-'));
const steps = async (path: string): Promise<number[]> => readEvents(await readFile(path)).map(({ step }) => step);

describe('crc32c', () => {
  it('has the values of RFC 3720, appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });
});

describe('bucketHistogram', () => {
  it('counts as PyTorch does', () => {
    const [value] = readEvents(byPytorch)[2].values;
    if (value.kind !== 'histogram') throw new Error(value.kind);
    const pytorch = value.histogram;
    expect(histogram).toMatchObject({ min: -2, max: 1e5, count: 8 });
    expect(histogram.sum).toBe(pytorch.sum);
    expect(histogram.sumSquares).toBe(pytorch.sumSquares);
    const filled = ({ limits, counts }: typeof histogram): [number, number][] =>
      limits.map((limit, i): [number, number] => [limit, counts[i]]).filter(([, count]) => count > 0);
    expect(filled(histogram)).toEqual(filled(pytorch));
  });

  it('begins each bucket where the last ended, and leaves out what is not finite', () => {
    expect(histogram.limits.every((limit, i, all) => i === 0 || limit > all[i - 1])).toBe(true);
    expect(histogram.counts.reduce((sum, count) => sum + count)).toBe(8);
    expect(bucketHistogram([Number.NaN, 1, Number.POSITIVE_INFINITY])).toMatchObject({ count: 1, sum: 1, min: 1, max: 1 });
    expect(bucketHistogram([Number.NaN])).toMatchObject({ count: 0, min: 0, max: 0, counts: [0] });
  });
});

describe('event files', () => {
  it('of PyTorch are read', () => {
    const read = readEvents(byPytorch);
    expect(read.map(({ wallTime, step }) => [wallTime, step])).toEqual([
      [1700000000.25, 0],
      [1700000001.5, 1],
      [1700000002, 2],
      [1700000003, 3],
      [1700000004, 4],
      [1700000005, 5_000_000_000],
    ]);
    expect(read[0].fileVersion).toBe('brain.Event:2');
    expect(read[1].values).toEqual([{ kind: 'scalar', tag: 'loss/train', value: 0.75 }]);
    const [picture] = read[3].values;
    if (picture.kind !== 'image') throw new Error(picture.kind);
    expect(picture).toMatchObject({ tag: 'samples', image: { width: 3, height: 2, channels: 3 } });
    expect([...picture.image.png.subarray(0, 4)]).toEqual([137, 80, 78, 71]);
    expect(read[4].values).toEqual([{ kind: 'text', tag: 'note/text_summary', text: 'größer' }]);
    expect(read[5].sessionStart).toBe(true);
  });

  it('of ours are read by protobufjs', () => {
    const [version, start, summary] = decodeWithProtobufjs(encodeEvents(events));
    expect(version).toEqual({ wall_time: 1700000000.25, file_version: 'brain.Event:2' });
    expect(start).toEqual({ wall_time: 1700000001.5, step: 5_000_000_000, session_log: { status: 'START' } });
    const { min, max, count, sum, sumSquares, limits, counts } = histogram;
    const text = [...new TextEncoder().encode('größer')];
    const histo = { min, max, num: count, sum, sum_squares: sumSquares, bucket_limit: limits, bucket: counts };
    expect(summary).toEqual({
      wall_time: 1700000002,
      step: 7,
      summary: {
        value: [
          { tag: 'loss/train', simple_value: 0.75 },
          { tag: 'weights/fc', histo },
          { tag: 'samples', image: { height: 2, width: 3, colorspace: 3, encoded_image_string: [...image.png] } },
          {
            tag: 'note',
            metadata: { plugin_data: { plugin_name: 'text' } },
            tensor: { dtype: 'DT_STRING', tensor_shape: { dim: [{ size: 1 }] }, string_val: [text] },
          },
        ],
      },
    });
  });

  it('are read as they were written', () => {
    expect(readEvents(encodeEvents(events))).toEqual(events);
  });

  it('of TensorFlow 2 have their scalars in tensors', () => {
    const bytes = Uint8Array.of(
      ...[0x2a, 31, 0x0a, 29],
      ...[0x0a, 1, 0x61, 0x42, 10, 8, 1, 0x22, 4, 0, 0, 0xc0, 0x3f, 0x12, 0],
      ...[0x4a, 11, 0x0a, 9, 0x0a, 7, ...new TextEncoder().encode('scalars')],
    );
    bytes[1] = bytes.length - 2;
    bytes[3] = bytes.length - 4;
    expect(readEvents(encodeRecord(bytes))[0].values).toEqual([{ kind: 'scalar', tag: 'a', value: 1.5 }]);
  });

  it('that are broken anywhere are refused', () => {
    const sound = encodeEvents(events);
    for (let i = 0; i < sound.length; i++) {
      const broken = sound.slice();
      broken[i] ^= 1 << (i % 8);
      expect(() => readEvents(broken), `byte ${i}`).toThrow(FormatError);
    }
    const ends = new Set(events.map((_, i) => encodeEvents(events.slice(0, i)).length));
    for (let length = 0; length < sound.length; length++) {
      if (ends.has(length)) expect(readEvents(sound.subarray(0, length)).length).toBeLessThan(3);
      else expect(() => readEvents(sound.subarray(0, length)), `${length} bytes`).toThrow('readEvents: a record must be whole');
    }
    expect(() => readEvents(encodeRecord(Uint8Array.of(0x2a, 9, 1)))).toThrow('readEvents: a record must be an event');
    expect(() => readEvents(encodeRecord(Uint8Array.of(7, 7)))).toThrow('readEvents: a record must be an event');
  });
});

describe('EventWriter', () => {
  it('appends what it is given to a file that TensorBoard finds', async () => {
    const directory = join(await folder(), 'runs', 'a');
    const writer = await EventWriter.open(directory);
    expect(basename(writer.path)).toMatch(/^events\.out\.tfevents\.\d{10}\./);
    expect(basename(writer.path)).toContain(`.${hostname()}.${process.pid}.0.dl`);
    writer.append(1, values);
    expect(await steps(writer.path)).toEqual([0]);
    const first = writer.flush();
    writer.append(2, [values[0]]);
    await Promise.all([first, writer.flush()]);
    const read = decodeWithProtobufjs(await readFile(writer.path));
    expect(read.map(({ step }) => step)).toEqual([undefined, 1, 2]);
    expect(read[0].file_version).toBe('brain.Event:2');
    expect(read[1].wall_time).toBeGreaterThan(1.7e9);
    expect(() => writer.append(-1, values)).toThrow(ArgumentError);
    expect(() => writer.append(0.5, values)).toThrow('EventWriter: step must be a non-negative integer, got 0.5');
  });

  it('goes on after a step: later ones and a record that was cut off are gone, and TensorBoard is told', async () => {
    const directory = await folder();
    const before = await EventWriter.open(directory);
    for (const step of [1, 2, 3, 4]) before.append(step, [values[0]]);
    await before.flush();
    const whole = await readFile(before.path);
    await writeFile(before.path, whole.subarray(0, -3));
    const others = join(directory, 'events.out.tfevents.1700000000.somebody');
    await writeFile(others, byPytorch);
    const after = await EventWriter.open(directory, { afterStep: 2 });
    expect(await steps(before.path)).toEqual([0, 1, 2]);
    expect(await readFile(others)).toEqual(Buffer.from(byPytorch));
    expect(after.path > before.path).toBe(true);
    const [version, start] = decodeWithProtobufjs(await readFile(after.path));
    expect(version.file_version).toBe('brain.Event:2');
    expect(start).toMatchObject({ step: 3, session_log: { status: 'START' } });
    await EventWriter.open(directory, { afterStep: 0 });
    expect((await readdir(directory)).filter((name) => name.endsWith('.dl'))).toHaveLength(1);
  });
});
