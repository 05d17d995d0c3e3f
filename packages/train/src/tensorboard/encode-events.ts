import { encodeEvent } from './encode-event.ts';
import type { TensorBoardEvent } from './event.ts';
import { encodeRecord, joinBytes } from './records.ts';

/**
 * Events as the bytes of an event file, to be offered for download in a browser; in Node, {@link EventWriter} writes files.
 *
 * @param events - the first of a file must say its version
 * @example
 * encodeEvents([{ wallTime: 1700000000, step: 0, fileVersion: 'brain.Event:2', values: [] }]).length // 40
 */
export function encodeEvents(events: Iterable<TensorBoardEvent>): Uint8Array {
  return joinBytes(Array.from(events, (event) => encodeRecord(encodeEvent(event))));
}
