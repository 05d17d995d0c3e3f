import { createReferenceBackend } from '@dl/kernels';
import { Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import { add, currentBackend, exp, isRecording, mul, ones, Parameter, relu, sin, sum, type Tensor, useBackend } from '@dl/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import { backwardGraph, type ComputeGraph, grad, traceGraph } from '../src/index.ts';

beforeEach(() => useBackend(createReferenceBackend()));

const labels = ({ nodes }: ComputeGraph): string[] => nodes.map(({ label }) => label);

/** `giver -> taker [shape]`, by label. */
function arrows({ nodes, edges }: ComputeGraph): string[] {
  const label = new Map(nodes.map((node) => [node.id, node.label]));
  return edges.map(({ from, to, shape }) => `${label.get(from)} -> ${label.get(to)} [${shape}]`);
}

const network = (): Sequential =>
  new Sequential({
    conv: new Conv2d(1, 2, 3, { bias: false }),
    relu: new ReLU(),
    pool: new MaxPool2d(2),
    flatten: new Flatten(),
  });

describe('traceGraph', () => {
  test('has ops, arguments, parameters and shapes, givers first', () => {
    const model = network();
    const graph = traceGraph((x) => model.forward(x), [ones([1, 1, 6, 6])], { names: model.namedParameters() });
    expect(arrows(graph)).toEqual([
      'x -> conv2d [1,1,6,6]',
      'conv.weight -> conv2d [2,1,3,3]',
      'conv2d -> relu [1,2,4,4]',
      'relu -> maxPool2d [1,2,4,4]',
      'maxPool2d -> output [1,8]',
    ]);
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'parameter', 'op', 'op', 'op', 'output']);
  });

  test('shows reshapes and the halves of max pooling when asked', () => {
    const model = network();
    const graph = traceGraph((x) => model.forward(x), [ones([1, 1, 6, 6])], { views: true });
    expect(labels(graph).filter((label) => label === 'reshape')).toHaveLength(1);
    expect(labels(graph)).toContain('gather');
  });

  test('leaves out what the result does not depend on, and has shared values once', () => {
    const graph = traceGraph(
      (x, y) => {
        sin(y);
        const shared = exp(x);
        return mul(shared, add(shared, x));
      },
      [ones([2]), ones([2])],
    );
    expect(arrows(graph)).toEqual([
      'x0 -> exp [2]',
      'exp -> add [2]',
      'x0 -> add [2]',
      'exp -> mul [2]',
      'add -> mul [2]',
      'mul -> output [2]',
    ]);
  });

  test('tells trainable parameters from constants', () => {
    const frozen = new Parameter(ones([2]), { trainable: false });
    const graph = traceGraph((x) => add(mul(x, frozen), mul(ones([2]), new Parameter(ones([2])))), [ones([2])]);
    expect(graph.nodes.filter(({ kind }) => kind !== 'op').map(({ kind }) => kind)).toEqual([
      'input',
      'constant',
      'constant',
      'parameter',
      'output',
    ]);
  });

  test('of a gradient is the graph of the derivative, and so on: sin, cos, -sin', () => {
    const f = (x: Tensor): Tensor => sum(sin(x));
    expect(labels(traceGraph(grad(f), [ones([2])]))).toContain('cos');
    const second = traceGraph(
      grad((x) => sum(grad(f)(x))),
      [ones([2])],
    );
    expect(labels(second)).toEqual(expect.arrayContaining(['sin', 'neg']));
  });

  test('takes thousands of ops, the argument itself, and leaves nothing behind', () => {
    const x = ones([2]);
    const before = currentBackend().stats().buffers;
    const deep = traceGraph(
      (y) => {
        let z = y;
        for (let i = 0; i < 20_000; i++) z = relu(z);
        return z;
      },
      [x],
    );
    expect(deep.nodes).toHaveLength(20_002);
    expect(arrows(traceGraph((y) => y, [x]))).toEqual(['x -> output [2]']);
    expect(currentBackend().stats().buffers).toBe(before);
    expect(isRecording()).toBe(false);
  });
});

describe('backwardGraph', () => {
  test('is the network in the mirror: transposed convolution, ReLU and max pooling', () => {
    const model = new Sequential({ ...Object.fromEntries(network().layers.entries()), head: new Linear(8, 3, { bias: false }) });
    const graph = traceGraph((x) => model.forward(x), [ones([1, 1, 6, 6])], { names: model.namedParameters() });
    expect(arrows(backwardGraph(graph))).toEqual([
      '∂output -> matmulᵀ [1,3]',
      'matmulᵀ -> ∂head.weight [3,8]',
      'matmulᵀ -> maxPool2dᵀ [1,8]',
      'maxPool2dᵀ -> reluᵀ [1,2,4,4]',
      'reluᵀ -> conv2dᵀ [1,2,4,4]',
      'conv2dᵀ -> ∂0.weight [2,1,3,3]',
      'conv2dᵀ -> ∂x [1,1,6,6]',
    ]);
  });

  test('adds up what comes back to a value that went several ways, and stops at constants', () => {
    const frozen = new Parameter(ones([2]), { trainable: false });
    const graph = traceGraph((x) => sum(mul(mul(exp(x), x), frozen)), [ones([2])], { names: [['frozen', frozen]] });
    expect(labels(graph)).toContain('frozen');
    expect(arrows(backwardGraph(graph))).toEqual([
      '∂output -> sumᵀ []',
      'sumᵀ -> mulᵀ [2]',
      'mulᵀ -> mulᵀ [2]',
      'mulᵀ -> expᵀ [2]',
      'expᵀ -> add [2]',
      'mulᵀ -> add [2]',
      'add -> ∂x [2]',
    ]);
  });
});
