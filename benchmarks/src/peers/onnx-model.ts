import protobuf from 'protobufjs';
import { sizeOf, values } from '../values.ts';

/** A tensor of an ONNX model: constant, filled with the values of `seed`. */
export interface OnnxConstant {
  readonly shape: readonly number[];
  readonly seed: number;
}

/** One ONNX operator on constants. */
export interface OnnxNode {
  readonly opType: string;
  readonly inputs: readonly OnnxConstant[];
  readonly outputShape: readonly number[];
  /** Lists of integers, such as `pads`. */
  readonly attributes?: Readonly<Record<string, readonly number[]>>;
}

const one = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ type, id, rule: 'repeated' });

// The messages and fields of onnx.proto that a model of one node has: onnx/onnx.proto, IR version 8.
const schema = protobuf.Root.fromJSON({
  nested: {
    Model: { fields: { irVersion: one('int64', 1), graph: one('Graph', 7), opsetImport: many('OperatorSet', 8) } },
    OperatorSet: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    Graph: {
      fields: {
        node: many('Node', 1),
        name: one('string', 2),
        initializer: many('Tensor', 5),
        output: many('ValueInfo', 12),
      },
    },
    Node: {
      fields: { input: many('string', 1), output: many('string', 2), opType: one('string', 4), attribute: many('Attribute', 5) },
    },
    Attribute: { fields: { name: one('string', 1), ints: many('int64', 8), type: one('int32', 20) } },
    Tensor: { fields: { dims: many('int64', 1), dataType: one('int32', 2), name: one('string', 8), rawData: one('bytes', 9) } },
    ValueInfo: { fields: { name: one('string', 1), type: one('Type', 2) } },
    Type: { fields: { tensorType: one('TensorType', 1) } },
    TensorType: { fields: { elemType: one('int32', 1), shape: one('Shape', 2) } },
    Shape: { fields: { dim: many('Dimension', 1) } },
    Dimension: { fields: { dimValue: one('int64', 1) } },
  },
});

const float32 = 1;
const listOfIntegers = 7;

/** The bytes of a model that computes one operator on constants; its output is called `y`. */
export function onnxModel({ opType, inputs, outputShape, attributes = {} }: OnnxNode): Uint8Array {
  const names = inputs.map((_, i) => `x${i}`);
  const Model = schema.lookupType('Model');
  return Model.encode(
    Model.create({
      irVersion: 8,
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        name: opType,
        node: [
          {
            input: names,
            output: ['y'],
            opType,
            attribute: Object.entries(attributes).map(([name, ints]) => ({ name, ints, type: listOfIntegers })),
          },
        ],
        initializer: inputs.map(({ shape, seed }, i) => ({
          name: names[i],
          dims: shape,
          dataType: float32,
          rawData: new Uint8Array(values(sizeOf(shape), seed).buffer),
        })),
        output: [
          {
            name: 'y',
            type: { tensorType: { elemType: float32, shape: { dim: outputShape.map((dimValue) => ({ dimValue })) } } },
          },
        ],
      },
    }),
  ).finish();
}
