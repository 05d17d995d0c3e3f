import { ArgumentError } from '@dl/kernels';
import type { LSTMState } from '@dl/layers';
import { type Rng, runScope, slice, type Tensor, tensor } from '@dl/tensor';
import type { CharLSTM } from './char-lstm.ts';

/** Characters by number: a `CharVocabulary` of `@dl/data`, or anything like it. */
export interface Vocabulary {
  encode(text: string): ArrayLike<number>;
  decode(numbers: ArrayLike<number>): string;
}

/** Options of {@link generate}. */
export interface GenerateOptions {
  /** What the text begins with: one character of the vocabulary or more. */
  readonly prompt: string;
  /** How many characters are added. */
  readonly length: number;
  /** What logits are divided by: below 1 the likelier characters come more often, and 0 takes the likeliest. Default 1. */
  readonly temperature?: number | undefined;
  /** Where characters are drawn from. */
  readonly rng: Rng;
}

/**
 * Lets a character model write: each next character is drawn from $\operatorname{softmax}(\text{logits} / \tau)$, with $\tau$ the temperature.
 *
 * @returns what follows the prompt
 * @throws {@link ArgumentError} for an empty prompt, a length that is no non-negative integer or a negative temperature
 * @example
 * const letters = 'abc';
 * const vocabulary = {
 *   encode: (text: string) => Int32Array.from(text, (char) => letters.indexOf(char)),
 *   decode: (numbers: ArrayLike<number>) => Array.from(numbers, (number) => letters[number]).join(''),
 * };
 * const text = await generate(charLstm(3, { hiddenSize: 8 }), vocabulary, { prompt: 'ab', length: 20, rng: new Rng(1) });
 * text.length // 20
 */
export async function generate(
  model: CharLSTM,
  vocabulary: Vocabulary,
  { prompt, length, temperature = 1, rng }: GenerateOptions,
): Promise<string> {
  if (prompt === '') throw new ArgumentError('generate', 'prompt must have a character, got none');
  if (!Number.isInteger(length) || length < 0) {
    throw new ArgumentError('generate', `length must be a non-negative integer, got ${length}`);
  }
  if (!(temperature >= 0)) throw new ArgumentError('generate', `temperature must not be negative, got ${temperature}`);
  const written: number[] = [];
  let given = vocabulary.encode(prompt);
  let state: LSTMState | undefined;
  try {
    while (written.length < length) {
      const { last, h, c } = step(model, given, state);
      free(state);
      state = { h, c };
      const logits = await last.data();
      last.dispose();
      const next = draw(logits, temperature, rng);
      written.push(next);
      given = [next];
    }
  } finally {
    free(state);
  }
  return vocabulary.decode(written);
}

function step(model: CharLSTM, given: ArrayLike<number>, state: LSTMState | undefined): LSTMState & { readonly last: Tensor } {
  return runScope('generate', () => {
    const x = tensor(Int32Array.from(given), { shape: [1, given.length], dtype: 'int32', backend: model.decoder.weight.backend });
    const { logits, h, c } = model.forwardWithState(x, state);
    return { last: slice(logits, [0, null, -1]), h, c };
  });
}

function free(state: LSTMState | undefined): void {
  state?.h.dispose();
  state?.c.dispose();
}

function draw(logits: ArrayLike<number>, temperature: number, rng: Rng): number {
  const values = Array.from(logits);
  const highest = Math.max(...values);
  if (temperature === 0) return values.indexOf(highest);
  const weights = values.map((value) => Math.exp((value - highest) / temperature));
  let left = rng.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  // Rounding may leave a crumb after the last.
  return found < 0 ? values.indexOf(highest) : found;
}
