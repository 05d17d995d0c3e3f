import { decodeSafetensors } from '@dl/io';
import { FormatError } from '@dl/kernels';
import { sha256 } from '../sha256.ts';
import { fromJson } from './json-tree.ts';
import { beforeSeal, blankSeal, sealBegin } from './seal.ts';
import { isPlain } from './state-tree.ts';
import type { TrainingState } from './training-state.ts';

const op = 'decodeCheckpoint';

/**
 * Reads the bytes of a checkpoint. Every length is held against the file before memory is taken for it, and nothing in a file is executed.
 *
 * @param bytes - a whole file
 * @throws {@link FormatError} when it is no checkpoint, is cut off, or any of its bits is not what was written
 * @example
 * await decodeCheckpoint(new Uint8Array(100)).catch(({ message }) => message) // 'decodeCheckpoint: the file must be a checkpoint, got another beginning'
 */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<TrainingState> {
  await checkSeal(bytes);
  const { tensors, metadata } = decodeSafetensors(bytes);
  const state = fromJson(parseJson(metadata.state), tensors);
  if (!isTrainingState(state)) throw new FormatError(op, 'the state must have all its parts, got one without');
  return state;
}

async function checkSeal(bytes: Uint8Array): Promise<void> {
  const text = (begin: number, length: number): string => new TextDecoder().decode(bytes.subarray(begin, begin + length));
  if (text(8, beforeSeal.length) !== beforeSeal)
    throw new FormatError(op, 'the file must be a checkpoint, got another beginning');
  const blank = new Uint8Array(bytes);
  new TextEncoder().encodeInto(blankSeal, blank.subarray(sealBegin));
  const [said, found] = [text(sealBegin, blankSeal.length), await sha256(blank)];
  if (said !== found)
    throw new FormatError(op, `the file must have the checksum it says, ${said}, got ${found} (cut off or altered)`);
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new FormatError(op, `the state must be JSON, got ${JSON.stringify(text?.slice(0, 40))}`);
  }
}

/** What each part of a state must be. */
const parts: { readonly [K in keyof TrainingState]-?: (value: unknown) => boolean } = {
  epoch: isCount,
  step: isCount,
  samples: isCount,
  seconds: isNumber,
  lr: isNumber,
  globalStep: isCount,
  stopped: (value) => typeof value === 'boolean',
  figures: (value) => value === undefined || (isPlain(value) && isPlain(value.loss) && isPlain(value.metrics)),
  history: (value) => Array.isArray(value) && value.every(isPlain),
  weights: (value) => value instanceof Map,
  optimizer: isThere,
  schedule: () => true,
  rng: (value) => value === undefined || isPlain(value),
  defaultRng: isPlain,
  train: isThere,
  validation: () => true,
  callbacks: isPlain,
};

function isTrainingState(state: unknown): state is TrainingState {
  return isPlain(state) && Object.entries(parts).every(([name, isSound]) => isSound(state[name]));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isThere(value: unknown): boolean {
  return value !== undefined;
}
