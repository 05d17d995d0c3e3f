import type { PbfReader } from 'pbf';

/** Without `readonly`, for what is filled in field by field. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What each field of a message, by its number, does to a result. Fields that are not named are skipped. */
export type Fields<T> = Readonly<Record<number, (result: T, reader: PbfReader) => void>>;

/** Reads the fields of a message into `result`. */
export function readFields<T>(reader: PbfReader, fields: Fields<T>, result: T): T {
  return reader.readFields((number, into) => fields[number]?.(into, reader), result);
}

/** Reads a message inside of another. */
export function readMessage<T>(reader: PbfReader, fields: Fields<T>, result: T): T {
  return reader.readMessage((number, into) => fields[number]?.(into, reader), result);
}

/** A field that becomes a property. */
export function set<T, K extends keyof T>(key: K, read: (reader: PbfReader) => T[K]): (result: T, reader: PbfReader) => void {
  return (result, reader) => {
    result[key] = read(reader);
  };
}
