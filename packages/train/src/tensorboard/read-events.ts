import { decodeEvent } from './decode-event.ts';
import type { TensorBoardEvent } from './event.ts';
import { decodeRecords } from './records.ts';

/**
 * The events of an event file of TensorBoard's, of any writer: scalars, histograms, images and texts.
 *
 * @throws {@link FormatError} where a record is cut off, a length or data does not have its CRC, or a record is no event
 * @example
 * const values = [{ kind: 'scalar', tag: 'loss/train', value: 0.5 }] as const;
 * const [event] = readEvents(encodeEvents([{ wallTime: 1700000000, step: 3, values }]));
 * event.step // 3
 * event.values // [{ kind: 'scalar', tag: 'loss/train', value: 0.5 }]
 */
export function readEvents(bytes: Uint8Array): TensorBoardEvent[] {
  return Array.from(decodeRecords('readEvents', bytes), ({ data }) => decodeEvent('readEvents', data));
}
