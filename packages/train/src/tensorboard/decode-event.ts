import { FormatError } from '@dl/kernels';
import { PbfReader } from 'pbf';
import { readValue } from './decode-value.ts';
import type { SummaryValue, TensorBoardEvent } from './event.ts';
import { field } from './fields.ts';
import { type Fields, readFields, readMessage, set, type Writable } from './message.ts';

/**
 * An event from a protobuf message `tensorboard.Event`.
 *
 * @throws {@link FormatError} when it is no such message
 */
export function decodeEvent(op: string, data: Uint8Array): TensorBoardEvent {
  const reader = new PbfReader(data);
  const event = attempt(op, data, () => readFields(reader, eventFields, { wallTime: 0, step: 0, values: [] }));
  // The library reads past the end without a word.
  if (reader.pos !== data.length) throw noEvent(op, data, 'it ends inside of a field');
  return event;
}

interface RawEvent extends Writable<TensorBoardEvent> {
  values: SummaryValue[];
}

const eventFields: Fields<RawEvent> = {
  [field.event.wallTime]: set('wallTime', (reader) => reader.readDouble()),
  [field.event.step]: set('step', (reader) => reader.readVarint(true)),
  [field.event.fileVersion]: set('fileVersion', (reader) => reader.readString()),
  [field.event.summary]: (event, reader) => readMessage(reader, summaryFields, event.values),
  [field.event.sessionLog]: (event, reader) => {
    const { status } = readMessage(reader, sessionFields, { status: 0 });
    if (status === field.sessionLog.start) event.sessionStart = true;
  },
};

const summaryFields: Fields<SummaryValue[]> = {
  [field.summary.value]: (values, reader) => {
    values.push(readValue(reader));
  },
};

const sessionFields: Fields<{ status: number }> = {
  [field.sessionLog.status]: set('status', (reader) => reader.readVarint()),
};

function attempt<T>(op: string, data: Uint8Array, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw noEvent(op, data, (error as Error).message);
  }
}

function noEvent(op: string, data: Uint8Array, reason: string): FormatError {
  return new FormatError(op, `a record must be an event, got ${data.length} bytes that are none: ${reason}`);
}
