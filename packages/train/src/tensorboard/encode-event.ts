import { PbfWriter } from 'pbf';
import type { BucketHistogram, EncodedImage, SummaryValue, TensorBoardEvent } from './event.ts';
import { field } from './fields.ts';

/** An event as a protobuf message `tensorboard.Event`. */
export function encodeEvent(event: TensorBoardEvent): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(field.event.wallTime, event.wallTime);
  if (event.step !== 0) writer.writeVarintField(field.event.step, event.step);
  if (event.fileVersion !== undefined) writer.writeStringField(field.event.fileVersion, event.fileVersion);
  if (event.sessionStart === true) writer.writeMessage(field.event.sessionLog, writeSessionStart, undefined);
  if (event.values.length > 0) writer.writeMessage(field.event.summary, writeSummary, event.values);
  return writer.finish();
}

function writeSessionStart(_: undefined, writer: PbfWriter): void {
  writer.writeVarintField(field.sessionLog.status, field.sessionLog.start);
}

function writeSummary(values: readonly SummaryValue[], writer: PbfWriter): void {
  for (const value of values) writer.writeMessage(field.summary.value, writeValue, value);
}

function writeValue(value: SummaryValue, writer: PbfWriter): void {
  writer.writeStringField(field.value.tag, value.tag);
  if (value.kind === 'scalar') writer.writeFloatField(field.value.simpleValue, value.value);
  else if (value.kind === 'image') writer.writeMessage(field.value.image, writeImage, value.image);
  else if (value.kind === 'histogram') writer.writeMessage(field.value.histogram, writeHistogram, value.histogram);
  else if (value.kind === 'text') {
    writer.writeMessage(field.value.tensor, writeText, value.text);
    writer.writeMessage(field.value.metadata, writePlugin, 'text');
  }
}

function writeImage({ height, width, channels, png }: EncodedImage, writer: PbfWriter): void {
  writer.writeVarintField(field.image.height, height);
  writer.writeVarintField(field.image.width, width);
  writer.writeVarintField(field.image.colorspace, channels);
  writer.writeBytesField(field.image.encoded, png);
}

function writeHistogram({ min, max, count, sum, sumSquares, limits, counts }: BucketHistogram, writer: PbfWriter): void {
  writer.writeDoubleField(field.histogram.min, min);
  writer.writeDoubleField(field.histogram.max, max);
  writer.writeDoubleField(field.histogram.count, count);
  writer.writeDoubleField(field.histogram.sum, sum);
  writer.writeDoubleField(field.histogram.sumSquares, sumSquares);
  writer.writePackedDouble(field.histogram.limits, [...limits]);
  writer.writePackedDouble(field.histogram.counts, [...counts]);
}

/** A tensor of one string. */
function writeText(text: string, writer: PbfWriter): void {
  writer.writeVarintField(field.tensor.dtype, field.tensor.string);
  writer.writeMessage(field.tensor.shape, writeShapeOfOne, undefined);
  writer.writeBytesField(field.tensor.stringValue, new TextEncoder().encode(text));
}

function writeShapeOfOne(_: undefined, writer: PbfWriter): void {
  writer.writeMessage(field.shape.dim, (size: number, dim) => dim.writeVarintField(field.dim.size, size), 1);
}

/** Which part of TensorBoard shows it. */
function writePlugin(name: string, writer: PbfWriter): void {
  writer.writeMessage(field.metadata.plugin, (text: string, data) => data.writeStringField(field.plugin.name, text), name);
}
