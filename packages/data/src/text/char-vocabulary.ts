import { ArgumentError } from '@dl/kernels';

/** Characters by number, as {@link charVocabulary} makes them. */
export class CharVocabulary {
  /** The characters, each at its number. */
  readonly chars: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param chars - different characters, in the order of their numbers: what a checkpoint keeps */
  constructor(chars: readonly string[]) {
    this.chars = chars;
    this.#numbers = new Map(chars.map((char, i) => [char, i]));
    if (this.#numbers.size !== chars.length) {
      throw new ArgumentError('CharVocabulary', `characters must differ, got ${chars.length} of which ${this.#numbers.size} do`);
    }
  }

  /** How many characters there are. */
  get size(): number {
    return this.chars.length;
  }

  /**
   * The number of each character of `text`.
   *
   * @throws ArgumentError for a character that is not in the vocabulary
   */
  encode(text: string): Int32Array {
    return Int32Array.from(Array.from(text), (char, i) => {
      const found = this.#numbers.get(char);
      if (found !== undefined) return found;
      throw new ArgumentError(
        'CharVocabulary',
        `characters must be of the vocabulary, got ${JSON.stringify(char)} (character ${i})`,
      );
    });
  }

  /**
   * The text that the numbers stand for.
   *
   * @throws ArgumentError for a number that no character has
   */
  decode(numbers: ArrayLike<number>): string {
    return Array.from(numbers, (number) => {
      const char = this.chars[number];
      if (char !== undefined) return char;
      throw new ArgumentError('CharVocabulary', `numbers must be integers in [0, ${this.size}), got ${number}`);
    }).join('');
  }
}

/**
 * The characters that `text` has, whole code points, sorted.
 *
 * @example
 * const vocabulary = charVocabulary('hello');
 * vocabulary.chars // ['e', 'h', 'l', 'o']
 * vocabulary.encode('hole') // Int32Array [1, 3, 2, 0]
 * vocabulary.decode([1, 0]) // 'he'
 */
export function charVocabulary(text: string): CharVocabulary {
  const points = Array.from(new Set(text), (char) => char.codePointAt(0) ?? 0).sort((a, b) => a - b);
  return new CharVocabulary(points.map((point) => String.fromCodePoint(point)));
}
