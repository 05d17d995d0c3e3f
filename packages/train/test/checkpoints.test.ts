import { access, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLoader } from '@dl/data';
import { decodeSafetensors, encodeSafetensors } from '@dl/io';
import { ArgumentError, FormatError } from '@dl/kernels';
import { crossEntropy, Linear } from '@dl/layers';
import { SGD } from '@dl/optim';
import { manualSeed } from '@dl/tensor';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  Accuracy,
  checkpoints,
  decodeCheckpoint,
  encodeCheckpoint,
  type FitOptions,
  fit,
  latestCheckpoint,
  readCheckpoint,
  type TrainingState,
  weightsChecksum,
} from '../src/index.ts';
import { sha256 } from '../src/sha256.ts';
import { blobs } from './blobs.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'dl-checkpoints-')), 'checkpoints');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

/** Four steps an epoch. */
function setup(): FitOptions {
  manualSeed(1);
  const model = new Linear(2, 3);
  const optimizer = new SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  const train = new DataLoader(blobs(16, 1), { batchSize: 4, shuffle: true });
  return { model, optimizer, train, loss: crossEntropy, metrics: { accuracy: new Accuracy() }, epochs: 2 };
}

const name = (step: number): string => `step-${String(step).padStart(9, '0')}.safetensors`;

async function train(
  options: Omit<Parameters<typeof checkpoints>[0], 'directory'>,
  more: Partial<FitOptions> = {},
): Promise<string[]> {
  await fit({ ...setup(), callbacks: [checkpoints({ directory, ...options })], ...more });
  return (await readdir(directory)).sort();
}

describe('checkpoints', () => {
  it('are kept after so many steps, epochs or seconds; the newest stay', async () => {
    expect(await train({ everySteps: 3, keep: 9 })).toEqual([name(3), name(6)]);
    await rm(directory, { recursive: true });
    expect(await train({})).toEqual([name(4), name(8)]);
    await rm(directory, { recursive: true });
    expect(await train({ everySteps: 1, everyEpochs: 1, keep: 2 })).toEqual([name(7), name(8)]);
    await rm(directory, { recursive: true });
    expect(await train({ everySeconds: 1e-9 })).toEqual([name(6), name(7), name(8)]);
    await rm(directory, { recursive: true });
    expect(await train({ everySeconds: 1e9 })).toEqual([]);
  });

  it('are of the state after the epoch where one ends, and of the one within elsewhere', async () => {
    await train({ everySteps: 2, everyEpochs: 1, keep: 9 });
    const states = await Promise.all([2, 4, 6, 8].map((step) => readCheckpoint(join(directory, name(step)))));
    expect(states.map(({ epoch, step, globalStep }) => [epoch, step, globalStep])).toEqual([
      [1, 2, 2],
      [2, 0, 4],
      [2, 2, 6],
      [3, 0, 8],
    ]);
    expect(states.map(({ history }) => history.length)).toEqual([0, 1, 1, 2]);
  });

  it('are kept when a signal ends the training', async () => {
    const controller = new AbortController();
    const abort = { onStep: ({ globalStep }: { globalStep: number }) => (globalStep === 5 ? controller.abort() : undefined) };
    const callbacks = [checkpoints({ directory, everySteps: 100 }), abort];
    await expect(fit({ ...setup(), callbacks, signal: controller.signal })).rejects.toThrow('aborted');
    expect(await readdir(directory)).toEqual([name(5)]);
    const whole = setup();
    await fit(whole);
    const resumed = setup();
    await fit({ ...resumed, resume: (await latestCheckpoint(directory)).state });
    expect(await weightsChecksum(resumed.model)).toBe(await weightsChecksum(whole.model));
  });

  it('are not kept of a run that has not begun', async () => {
    const options = { ...setup(), signal: AbortSignal.abort(), callbacks: [checkpoints({ directory })] };
    await expect(fit(options)).rejects.toThrow('aborted');
    expect(await readdir(directory)).toEqual([]);
  });

  it('clear away what a crash left half-written, and nothing else', async () => {
    await train({ everySteps: 8 });
    const half = `${name(9)}.0b9e3c1e-3f5c-4c39-8f30-0d5c0cbb5b3f.tmp`;
    await writeFile(join(directory, half), 'half');
    await writeFile(join(directory, 'notes.tmp'), 'mine');
    const { state } = await latestCheckpoint(directory);
    expect(await train({ everySteps: 8 }, { resume: state })).toEqual(['notes.tmp', name(8)]);
  });

  it('do not mix with those of another run, nor push out their own for later ones of it', async () => {
    await train({ everySteps: 4 });
    await expect(train({ everySteps: 4 })).rejects.toThrow(
      /^checkpoints: the directory of a new run must be without checkpoints, got /,
    );
    const resume = await readCheckpoint(join(directory, name(4)));
    await rm(join(directory, name(4)));
    await truncate(join(directory, name(8)), 700);
    expect(await train({ everySteps: 5 })).toEqual([name(5), name(8)]);
    await rm(join(directory, name(5)));
    await writeFile(join(directory, name(99)), 'of a run that was abandoned');
    expect(await train({ everySteps: 1, keep: 1 }, { resume })).toEqual([name(8), name(99)]);
  });

  it('find out at the first step what cannot be kept', async () => {
    const steps: number[] = [];
    const count = { onStep: ({ globalStep }: { globalStep: number }) => void steps.push(globalStep) };
    const loader = { length: 4, [Symbol.asyncIterator]: () => setup().train[Symbol.asyncIterator]() };
    await expect(fit({ ...setup(), train: loader, callbacks: [count, checkpoints({ directory })] })).rejects.toThrow(
      'fit: the training data must have state and loadState for a run to be kept, got none',
    );
    expect(steps).toEqual([1]);
  });

  it('refuse intervals that are none', () => {
    for (const options of [{ everySteps: 0 }, { everyEpochs: 1.5 }, { everySeconds: -1 }, { keep: 0 }]) {
      expect(() => checkpoints({ directory, ...options })).toThrow(ArgumentError);
    }
  });
});

describe('latestCheckpoint', () => {
  it('is the newest sound one, and names the others with the reason', async () => {
    await train({ everySteps: 2, keep: 9 });
    const [cut, altered, empty] = [8, 6, 10].map((step) => join(directory, name(step)));
    await truncate(cut, 700);
    const bytes = await readFile(altered);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(altered, bytes);
    await writeFile(empty, '');
    const { path, state, refused } = await latestCheckpoint(directory);
    expect(path).toBe(join(directory, name(4)));
    expect(state?.globalStep).toBe(4);
    expect(refused.map(({ path: at }) => at)).toEqual([empty, cut, altered]);
    expect(refused[0].reason).toBe(`decodeCheckpoint: the file must be a checkpoint, got another beginning in ${empty}`);
    expect(refused[1].reason).toMatch(/checksum it says, [0-9a-f]{64}, got [0-9a-f]{64} \(cut off or altered\) in /);
    expect(refused[2].reason).toContain(altered);
  });

  it('is none where there is none', async () => {
    expect(await latestCheckpoint(directory)).toEqual({ path: undefined, state: undefined, refused: [] });
    await expect(readCheckpoint(join(directory, name(1)))).rejects.toThrow('ENOENT');
    await expect(access(directory)).rejects.toThrow();
  });
});

describe('the bytes of a checkpoint', () => {
  let state: TrainingState;
  let bytes: Uint8Array<ArrayBuffer>;
  beforeEach(async () => {
    await train({ everySteps: 6 });
    state = await readCheckpoint(join(directory, name(6)));
    bytes = await encodeCheckpoint(state);
  });

  it('are those of the state, whatever numbers it has', async () => {
    expect(await decodeCheckpoint(bytes)).toEqual(state);
    expect(Buffer.from(bytes).equals(await readFile(join(directory, name(6))))).toBe(true);
    const numbers = [Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1];
    const odd = { ...state, callbacks: { odd: { numbers, map: new Map([['$x', null]]), 'é "quoted"': { deep: [[true]] } } } };
    expect(await decodeCheckpoint(await encodeCheckpoint(odd))).toEqual(odd);
    await expect(encodeCheckpoint({ ...state, callbacks: { odd: { $map: [] } } })).rejects.toThrow(
      'encodeCheckpoint: keys must not begin with $, got $map (callbacks/odd)',
    );
  });

  it('are refused when any of them is another, or the file is shorter or longer', async () => {
    const refused = async (changed: Uint8Array): Promise<void> => expect(decodeCheckpoint(changed)).rejects.toThrow(FormatError);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = bytes.slice();
        changed[at] ^= change;
        await refused(changed);
      }),
      { numRuns: 300 },
    );
    for (let length = 0; length < bytes.length; length += 97) await refused(bytes.subarray(0, length));
    await refused(Uint8Array.from([...bytes, 0]));
  });

  it('are refused when somebody wrote nonsense with a right checksum', async () => {
    const seal = async (text: string): Promise<Uint8Array> => {
      const { tensors } = decodeSafetensors(bytes);
      const metadata = { format: 'dl-checkpoint-1', sha256: '0'.repeat(64), state: text };
      const sum = await sha256(encodeSafetensors(tensors, metadata));
      return encodeSafetensors(tensors, { ...metadata, sha256: sum });
    };
    const { metadata } = decodeSafetensors(bytes);
    expect(await decodeCheckpoint(await seal(metadata.state))).toEqual(state);
    const refusal = async (text: string): Promise<string> =>
      decodeCheckpoint(await seal(text)).then(
        () => 'taken',
        (error: Error) => `${error.name} ${error.message}`,
      );
    expect(await refusal('{')).toBe('FormatError decodeCheckpoint: the state must be JSON, got "{"');
    expect(await refusal('[]')).toBe('FormatError decodeCheckpoint: the state must have all its parts, got one without');
    expect(await refusal(metadata.state.replace('"epoch":2', '"epoch":-2'))).toMatch(/must have all its parts/);
    expect(await refusal(metadata.state.replace('weights/bias', 'weights/nothing'))).toMatch(/must be whole, got \{"\$tensor"/);
    expect(await refusal(metadata.state.replace('$map', '$code'))).toMatch(/^FormatError/);
    expect(await refusal(metadata.state.replace('"$map":[', '"$map":[7,'))).toMatch(/^FormatError .* must have names, got 7$/);
  });
});
