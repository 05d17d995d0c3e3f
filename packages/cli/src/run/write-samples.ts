import type { CharVocabulary } from '@dl/data';
import { type CharLSTM, generate } from '@dl/models';
import { Rng } from '@dl/tensor';

/** What a character model wrote. */
export interface WrittenSample {
  readonly prompt: string;
  readonly temperature: number;
  readonly text: string;
}

const temperatures: readonly number[] = [0.5, 0.8, 1];

/** A sample at each of some temperatures. */
export async function writeSamples(model: CharLSTM, vocabulary: CharVocabulary, seed: number): Promise<WrittenSample[]> {
  const prompt = vocabulary.chars.includes('\n') ? '\n' : vocabulary.chars[0];
  const samples: WrittenSample[] = [];
  for (const temperature of temperatures) {
    const text = await generate(model, vocabulary, { prompt, length: 400, temperature, rng: new Rng(seed) });
    samples.push({ prompt, temperature, text });
  }
  return samples;
}
