import { FormatError } from '@dl/kernels';
import type { TextLine } from '../files/read-text.ts';

const op = 'imageNet';

/** WordNet's name of a class: `n01440764`. */
export function isSynset(text: string): boolean {
  return /^n\d{8}$/.test(text);
}

/**
 * Reads `LOC_synset_mapping.txt` or `words.txt`: a synset a line, then its words.
 *
 * @returns words by synset, in the order of the file
 * @throws FormatError for a line that begins with no synset, or one that comes twice
 */
export function parseWords(lines: readonly TextLine[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { text, number } of lines) {
    const [, synset = text, rest = ''] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
    if (!isSynset(synset) || words.has(synset)) {
      throw new FormatError(op, `a line must be a synset of its own and its words, got '${text.slice(0, 40)}' (line ${number})`);
    }
    words.set(synset, rest);
  }
  return words;
}

/**
 * Reads `map_clsloc.txt`, which a later devkit has instead of `meta.mat`: a synset, its ILSVRC2012_ID and a word a line.
 *
 * @returns synsets by ID
 * @throws FormatError for another line
 */
export function parseSynsetIds(lines: readonly TextLine[]): ReadonlyMap<number, string> {
  const synsets = new Map<number, string>();
  for (const { text, number } of lines) {
    const [synset, id] = text.split(/\s+/);
    if (!isSynset(synset) || !/^\d+$/.test(id ?? '') || synsets.has(Number(id))) {
      throw new FormatError(op, `a line must be a synset and an ID of its own, got '${text.slice(0, 40)}' (line ${number})`);
    }
    synsets.set(Number(id), synset);
  }
  return synsets;
}
