import { FormatError } from '@dl/kernels';

/**
 * An object of a JSON file, field by field, with errors that say where it stands. Checked in place: a library for schemas would copy the
 * millions of numbers of COCO's files.
 */
export class JsonRecord {
  readonly #op: string;
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #place: string;

  /** @throws {@link FormatError} when `value` is no object */
  constructor(op: string, value: unknown, place: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new FormatError(op, `an object must stand here, got ${brief(value)} (${place})`);
    }
    this.#op = op;
    this.#fields = value as Readonly<Record<string, unknown>>;
    this.#place = place;
  }

  /** The objects of a list, in order, one at a time. */
  *list(name: string): Generator<JsonRecord, void, undefined> {
    const items = this.value(name);
    if (!Array.isArray(items)) throw this.error(name, 'must be a list');
    for (let i = 0; i < items.length; i++) yield new JsonRecord(this.#op, items[i], `${name}[${i}]`);
  }

  integer(name: string, least: number): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
      throw this.error(name, least > Number.MIN_SAFE_INTEGER ? `must be an integer of at least ${least}` : 'must be an integer');
    }
    return value;
  }

  number(name: string, least: number): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !(value >= least && value < Number.POSITIVE_INFINITY)) {
      throw this.error(name, `must be a number of at least ${least}`);
    }
    return value;
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw this.error(name, 'must be a string');
    return value;
  }

  /** `count` finite numbers. */
  numbers(name: string, count: number): readonly number[] {
    const value = this.value(name);
    if (!Array.isArray(value) || value.length !== count || !value.every(Number.isFinite)) {
      throw this.error(name, `must be ${count} finite numbers`);
    }
    return value;
  }

  /** What a field has; undefined where there is none. */
  value(name: string): unknown {
    return this.#fields[name];
  }

  /** What is to be thrown when a field breaks a rule. */
  error(name: string, rule: string): FormatError {
    return new FormatError(this.#op, `${name} ${rule}, got ${brief(this.#fields[name])} (${this.place})`);
  }

  /** Where it stands, with its id if it has one. */
  get place(): string {
    const { id } = this.#fields;
    return typeof id === 'number' ? `${this.#place}, id ${id}` : this.#place;
  }
}

/** What an identifier may be. */
export const anyInteger: number = Number.MIN_SAFE_INTEGER;

/** The beginning of a value in JSON, for a message. */
function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.slice(0, 8).map(brief).join(', ')}${value.length > 8 ? ', …' : ''}]`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
