import type { PbfReader } from 'pbf';
import type { BucketHistogram, EncodedImage, SummaryValue } from './event.ts';
import { field } from './fields.ts';
import { type Fields, readMessage, set, type Writable } from './message.ts';

/** A message `Summary.Value`, whose reader stands before its length. */
export function readValue(reader: PbfReader): SummaryValue {
  const empty: RawValue = { tag: '', plugin: '' };
  const { tag, plugin, scalar, image, histogram, tensor } = readMessage(reader, valueFields, empty);
  if (scalar !== undefined) return { kind: 'scalar', tag, value: scalar };
  if (image !== undefined) return { kind: 'image', tag, image };
  if (histogram !== undefined) return { kind: 'histogram', tag, histogram };
  // TensorFlow 2 writes scalars as tensors.
  if (plugin === 'scalars' && tensor?.dtype === field.tensor.float) return { kind: 'scalar', tag, value: scalarOf(tensor) };
  if (plugin === 'text' && tensor !== undefined) return { kind: 'text', tag, text: textOf(tensor) };
  return { kind: 'other', tag };
}

interface RawValue {
  tag: string;
  plugin: string;
  scalar?: number;
  image?: EncodedImage;
  histogram?: BucketHistogram;
  tensor?: RawTensor;
}

interface RawHistogram extends Writable<BucketHistogram> {
  limits: number[];
  counts: number[];
}

interface RawTensor {
  dtype: number;
  content?: Uint8Array;
  floats: number[];
  strings: Uint8Array[];
}

const imageFields: Fields<Writable<EncodedImage>> = {
  [field.image.height]: set('height', (reader) => reader.readVarint()),
  [field.image.width]: set('width', (reader) => reader.readVarint()),
  [field.image.colorspace]: set('channels', (reader) => reader.readVarint()),
  [field.image.encoded]: set('png', (reader) => reader.readBytes()),
};

const histogramFields: Fields<RawHistogram> = {
  [field.histogram.min]: set('min', (reader) => reader.readDouble()),
  [field.histogram.max]: set('max', (reader) => reader.readDouble()),
  [field.histogram.count]: set('count', (reader) => reader.readDouble()),
  [field.histogram.sum]: set('sum', (reader) => reader.readDouble()),
  [field.histogram.sumSquares]: set('sumSquares', (reader) => reader.readDouble()),
  [field.histogram.limits]: (histogram, reader) => void reader.readPackedDouble(histogram.limits),
  [field.histogram.counts]: (histogram, reader) => void reader.readPackedDouble(histogram.counts),
};

const tensorFields: Fields<RawTensor> = {
  [field.tensor.dtype]: set('dtype', (reader) => reader.readVarint()),
  [field.tensor.content]: set('content', (reader) => reader.readBytes()),
  [field.tensor.floatValue]: (tensor, reader) => void reader.readPackedFloat(tensor.floats),
  [field.tensor.stringValue]: (tensor, reader) => void tensor.strings.push(reader.readBytes()),
};

const pluginFields: Fields<RawValue> = { [field.plugin.name]: set('plugin', (reader) => reader.readString()) };

const metadataFields: Fields<RawValue> = {
  [field.metadata.plugin]: (value, reader) => readMessage(reader, pluginFields, value),
};

const valueFields: Fields<RawValue> = {
  [field.value.tag]: set('tag', (reader) => reader.readString()),
  [field.value.simpleValue]: set('scalar', (reader) => reader.readFloat()),
  [field.value.image]: set('image', (reader) =>
    readMessage(reader, imageFields, { width: 0, height: 0, channels: 0, png: new Uint8Array() }),
  ),
  [field.value.histogram]: set('histogram', (reader) =>
    readMessage(reader, histogramFields, { min: 0, max: 0, count: 0, sum: 0, sumSquares: 0, limits: [], counts: [] }),
  ),
  [field.value.tensor]: set('tensor', (reader) => readMessage(reader, tensorFields, { dtype: 0, floats: [], strings: [] })),
  [field.value.metadata]: (value, reader) => readMessage(reader, metadataFields, value),
};

function scalarOf({ content, floats }: RawTensor): number {
  if (content === undefined || content.length < 4) return floats[0] ?? 0;
  return new DataView(content.buffer, content.byteOffset).getFloat32(0, true);
}

function textOf({ strings }: RawTensor): string {
  return strings.map((bytes) => new TextDecoder().decode(bytes)).join('\n');
}
