/**
 * Field numbers of the protobuf messages that make up an event.
 *
 * @see https://github.com/tensorflow/tensorboard/tree/2.16.2/tensorboard/compat/proto
 */
export const field = {
  event: { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 },
  sessionLog: { status: 1, start: 1 },
  summary: { value: 1 },
  value: { tag: 1, simpleValue: 2, image: 4, histogram: 5, tensor: 8, metadata: 9 },
  image: { height: 1, width: 2, colorspace: 3, encoded: 4 },
  histogram: { min: 1, max: 2, count: 3, sum: 4, sumSquares: 5, limits: 6, counts: 7 },
  metadata: { plugin: 1 },
  plugin: { name: 1 },
  tensor: { dtype: 1, shape: 2, content: 4, floatValue: 5, stringValue: 8, float: 1, string: 7 },
  shape: { dim: 2 },
  dim: { size: 1 },
} as const;
