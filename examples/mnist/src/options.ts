import { parseArgs } from 'node:util';
import type { ModelName } from '@dl/models';

/** Where the digits come from: `auto` is MNIST, or drawn digits where MNIST is not to be had. */
export type DataChoice = 'auto' | 'mnist' | 'digits';

/** The models that learn digits of one channel from scratch in minutes. */
export type DigitModel = Extract<ModelName, 'lenet' | 'mlp' | 'perceptron'>;

/** What the program was asked to do. */
export interface Options {
  readonly model: DigitModel;
  readonly data: DataChoice;
  readonly epochs: number;
  readonly batchSize: number;
  readonly lr: number;
  readonly seed: number;
  /** How many training images, and at most how many test images; undefined for all. */
  readonly limit: number | undefined;
  /** Where the results go; undefined for `runs/<time>`. */
  readonly out: string | undefined;
}

/** What each model is trained with unless the command line says otherwise. */
export const defaults: { readonly [N in DigitModel]: { readonly epochs: number; readonly lr: number } } = {
  lenet: { epochs: 12, lr: 1e-3 },
  mlp: { epochs: 10, lr: 1e-3 },
  perceptron: { epochs: 6, lr: 1e-2 },
};

const modelNames = Object.keys(defaults) as DigitModel[];

/** The command line was wrong: the message says how. */
export class UsageError extends Error {}

export const help: string = `Trains a network on handwritten digits and reports how good it is.

  npm start -- [options]

  --model lenet|mlp|perceptron   what to train (default lenet)
  --data mnist|digits            MNIST, or digits drawn by the computer
                                 (default: MNIST where it is to be had, else drawn digits)
  --epochs n                     passes over the training images (default ${defaults.lenet.epochs} lenet, ${defaults.mlp.epochs} mlp, ${defaults.perceptron.epochs} perceptron)
  --batch-size n                 images a step (default 64)
  --lr x                         learning rate (default ${defaults.lenet.lr}; perceptron ${defaults.perceptron.lr})
  --seed n                       the same seed gives the same weights, bit by bit (default 1)
  --limit n                      take only the first n training images, and as many to test with
  --out folder                   where the results go (default runs/<time>)
  --help

MNIST is taken from $DL_DATA_DIR/mnist, the cache of @dl/data, or downloaded.`;

/**
 * Reads the command line.
 *
 * @returns undefined where help was asked for
 * @throws {@link UsageError} for an unknown option or a value outside its domain
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const values = read(args);
  if (values.help) return undefined;
  const model = oneOf('--model', values.model ?? 'lenet', modelNames);
  const numbers = {
    epochs: integer('--epochs', values.epochs ?? String(defaults[model].epochs), 1),
    batchSize: integer('--batch-size', values['batch-size'] ?? '64', 1),
    lr: positive('--lr', values.lr ?? String(defaults[model].lr)),
    seed: integer('--seed', values.seed ?? '1', 0),
    limit: values.limit === undefined ? undefined : integer('--limit', values.limit, 1),
  };
  const data = values.data === undefined ? 'auto' : oneOf('--data', values.data, ['mnist', 'digits'] as const);
  return { model, data, ...numbers, out: values.out };
}

type Values = Partial<Record<'model' | 'data' | 'epochs' | 'batch-size' | 'lr' | 'seed' | 'limit' | 'out', string>> & {
  help?: boolean;
};

function read(args: readonly string[]): Values {
  const text = { type: 'string' } as const;
  const options = { model: text, data: text, epochs: text, 'batch-size': text, lr: text, seed: text, limit: text, out: text };
  try {
    return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${name} must be ${allowed.join(', ')}, got '${value}'`);
  return found;
}

function integer(name: string, value: string, least: number): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(`${name} must be an integer of at least ${least}, got '${value}'`);
  }
  return number;
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number > 0 && number < Infinity))
    throw new UsageError(`${name} must be a number above 0, got '${value}'`);
  return number;
}
