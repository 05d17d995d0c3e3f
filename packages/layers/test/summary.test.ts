import { add, currentBackend, isRecording, matmul, relu, type Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  AvgPool2d,
  Conv2d,
  Flatten,
  type Layer,
  Linear,
  MaxPool2d,
  Module,
  observeForward,
  ReLU,
  Sequential,
  summary,
} from '../src/index.ts';

const network = (): Sequential =>
  new Sequential({
    features: new Sequential(
      new Conv2d(3, 8, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(8, 4, 3, { dilation: 2, groups: 2 }),
    ),
    flatten: new Flatten(),
    head: new Linear(64, 10),
  });

describe('summary', () => {
  const result = summary(network(), [2, 3, 16, 16]);
  const byName = new Map(result.layers.map((layer) => [layer.name, layer]));

  it('has one row for each layer that computes, in order, with its shape', () => {
    expect(result.layers.map(({ name, kind, outputShapes }) => [name, kind, ...outputShapes])).toEqual([
      ['features.0', 'Conv2d', [2, 8, 16, 16]],
      ['features.1', 'ReLU', [2, 8, 16, 16]],
      ['features.2', 'MaxPool2d', [2, 8, 8, 8]],
      ['features.3', 'Conv2d', [2, 4, 4, 4]],
      ['flatten', 'Flatten', [2, 64]],
      ['head', 'Linear', [2, 10]],
    ]);
  });

  it('counts parameters and multiply-adds', () => {
    expect(result.layers.map(({ parameters }) => parameters)).toEqual([3 * 8 * 9 + 8, 0, 0, 4 * 4 * 9 + 4, 0, 640 + 10]);
    expect(result.parameters).toBe(224 + 148 + 650);
    expect(result.parameterBytes).toBe(4 * result.parameters);
    expect(byName.get('features.0')!.multiplyAdds).toBe(2 * 8 * 16 * 16 * 27);
    expect(byName.get('features.3')!.multiplyAdds).toBe(2 * 4 * 4 * 4 * (4 * 9));
    expect(byName.get('head')!.multiplyAdds).toBe(2 * 64 * 10);
    expect(result.multiplyAdds).toBe(110_592 + 4_608 + 1_280);
  });

  it('follows the receptive field: 3, then 4 after pooling, then 2 · 2 · 2 more with a dilated kernel, then everything', () => {
    expect(result.layers.map(({ receptiveField }) => receptiveField)).toEqual([
      [3, 3],
      [3, 3],
      [4, 4],
      [12, 12],
      [12, 12],
      'all',
    ]);
  });

  it('counts the memory of what its ops write, once a block', () => {
    expect(byName.get('features.1')!.activationBytes).toBe(4 * 2 * 8 * 16 * 16);
    // Values and int32 indices.
    expect(byName.get('features.2')!.activationBytes).toBe(2 * 4 * 2 * 8 * 8 * 8);
    expect(byName.get('flatten')!.activationBytes).toBe(0);
    expect(result.activationBytes).toBe(result.layers.reduce((sum, layer) => sum + layer.activationBytes, 0));
  });

  it('is a table as text', () => {
    const lines = String(result).split('\n');
    expect(lines[0]).toMatch(/^layer +kind +output +parameters +multiply-adds +field +memory$/);
    expect(lines[2]).toMatch(/^features\.0 +Conv2d +\[2, 8, 16, 16\] +224 +110,592 +3×3 +32\.0 KiB$/);
    expect(lines.at(-3)).toBe('input [2, 3, 16, 16], 116,480 multiply-adds');
    expect(lines.at(-2)).toBe('1,022 parameters (0 frozen), 4.0 KiB');
  });

  it('says which rows each takes the outputs of, through what blocks do between them', () => {
    expect(result.layers.map(({ inputs }) => inputs)).toEqual([[-1], [0], [1], [2], [3], [4]]);
    class Residual extends Module implements Layer {
      readonly first: Linear = new Linear(4, 4);
      readonly second: Linear = new Linear(4, 4);
      override forward(x: Tensor): Tensor {
        return add(this.second.forward(relu(this.first.forward(x))), relu(x));
      }
    }
    const { layers } = summary(new Sequential({ before: new ReLU(), block: new Residual(), after: new ReLU() }), [1, 4]);
    expect(layers.map(({ name, inputs }) => [name, ...inputs.map((i) => layers[i]?.name ?? 'input')])).toEqual([
      ['before', 'input'],
      ['block', 'before', 'block.second'],
      ['block.first', 'before'],
      ['block.second', 'block.first'],
      ['after', 'block'],
    ]);
  });

  it('is plain data as JSON, totals and all', () => {
    const data = JSON.parse(JSON.stringify(result));
    expect(data).toMatchObject({
      inputShape: [2, 3, 16, 16],
      parameters: 1022,
      trainableParameters: 1022,
      multiplyAdds: 116_480,
    });
    expect(data).toMatchObject({ parameterBytes: 4088, activationBytes: result.activationBytes });
    expect(data.layers[0]).toEqual({
      name: 'features.0',
      kind: 'Conv2d',
      inputs: [-1],
      outputShapes: [[2, 8, 16, 16]],
      parameters: 224,
      multiplyAdds: 110_592,
      activationBytes: 32_768,
      receptiveField: [3, 3],
    });
  });

  it('leaves nothing behind: no tensor, no recorder, no observer', () => {
    const model = network();
    const { buffers } = currentBackend().stats();
    summary(model, [1, 3, 16, 16]);
    expect(currentBackend().stats().buffers).toBe(buffers);
    expect(isRecording()).toBe(false);
    expect(() => summary(model, [1, 4, 16, 16])).toThrow('in features.0 (Conv2d)');
    expect(currentBackend().stats().buffers).toBe(buffers);
    expect(isRecording()).toBe(false);
    const seen: Module[] = [];
    observeForward({ leave: (module) => seen.push(module) }, () => new ReLU().forward(model.parameters()[0]));
    expect(seen).toHaveLength(1);
  });

  it('counts frozen parameters, a layer that is called twice, and a module’s own ops', () => {
    class Twice extends Module implements Layer {
      readonly shared: Linear = new Linear(4, 4);
      override forward(x: Tensor): Tensor {
        return add(matmul(x, x, { transposeA: true }), this.shared.forward(this.shared.forward(x)));
      }
    }
    const model = new Twice();
    model.shared.bias!.trainable = false;
    const { layers, parameters, trainableParameters, multiplyAdds } = summary(model, [4, 4]);
    expect([parameters, trainableParameters]).toEqual([20, 16]);
    expect(layers.map(({ name, parameters: own }) => [name, own])).toEqual([
      ['', 0],
      ['shared', 20],
      ['shared', 0],
    ]);
    expect(multiplyAdds).toBe(3 * 64);
  });

  it('joins branches by the wider field', () => {
    class Branches extends Module implements Layer {
      readonly wide: Conv2d = new Conv2d(1, 1, 5, { padding: 2 });
      readonly narrow: AvgPool2d = new AvgPool2d(3, { stride: 1, padding: 1 });
      override forward(x: Tensor): Tensor {
        return add(this.wide.forward(x), this.narrow.forward(x));
      }
    }
    expect(summary(new Branches(), [1, 1, 8, 8]).layers.map(({ name, receptiveField }) => [name, receptiveField])).toEqual([
      ['', [5, 5]],
      ['wide', [5, 5]],
      ['narrow', [3, 3]],
    ]);
  });
});
