import { backwardGraph, type ComputeGraph, traceGraph } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import { Conv2d, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import { mul, ones, Parameter, relu, sum } from '@dl/tensor';
import { describe, expect, test } from 'vitest';
import { type Orientation, toDot, toSvg } from '../src/index.ts';
import { tagsOf, whereIs } from './tags.ts';

const w = new Parameter(ones([2]), { trainable: false });
const graph = traceGraph((x) => sum(relu(mul(x, w))), [ones([3, 2])], { names: [['say "w\\"<&>', w]] });

describe('toDot', () => {
  test('has nodes, arrows with shapes, and quotes what needs it', () => {
    expect(toDot(graph).split('\n').slice(4)).toEqual([
      '  "n0" [label="x", shape=ellipse, fillcolor="#ffffff"];',
      '  "n1" [label="say \\"w\\\\\\"<&>", shape=ellipse, fillcolor="#f2f4f7"];',
      '  "n2" [label="mul", shape=box, fillcolor="#e3edfc"];',
      '  "n3" [label="relu", shape=box, fillcolor="#e3edfc"];',
      '  "n4" [label="sum", shape=box, fillcolor="#e3edfc"];',
      '  "output" [label="output", shape=ellipse, fillcolor="#ffffff"];',
      '  "n0" -> "n2" [label="3×2"];',
      '  "n1" -> "n2" [label="2"];',
      '  "n2" -> "n3" [label="3×2"];',
      '  "n3" -> "n4" [label="3×2"];',
      '  "n4" -> "output" [label="number"];',
      '}',
      '',
    ]);
  });

  test('reads both ways, and dashes what carries no gradient', () => {
    expect(toDot(graph)).toContain('rankdir=TB;');
    expect(toDot(graph, { orientation: 'leftRight' })).toContain('rankdir=LR;');
    const dashed: ComputeGraph = { ...graph, edges: graph.edges.map((edge) => ({ ...edge, differentiable: false })) };
    expect(toDot(dashed)).toContain('"n0" -> "n2" [label="3×2", style=dashed];');
  });
});

describe('toSvg', () => {
  const model = new Sequential(new Conv2d(3, 10, 3), new ReLU(), new MaxPool2d(2));
  const network = traceGraph((x) => model.forward(x), [ones([1, 3, 20, 20])]);

  test('draws every node and every arrow with its shape', () => {
    const svg = toSvg(network);
    const tags = tagsOf(svg);
    expect(tags.filter((tag) => tag === 'text')).toHaveLength(network.nodes.length + network.edges.length);
    expect(svg.match(/marker-end/g)).toHaveLength(network.edges.length);
    for (const { label } of network.nodes) expect(svg).toContain(`>${label}</text>`);
    expect(svg).toContain('>1×10×18×18</text>');
  });

  test.each([
    ['topDown', 'y', 'x'],
    ['leftRight', 'x', 'y'],
  ] as const)('leads from the input to the output: %s', (orientation, along, across) => {
    const svg = toSvg(network, { orientation });
    const places = ['x', 'conv2d', 'relu', 'maxPool2d', 'output'].map((label) => whereIs(svg, label));
    for (let i = 1; i < places.length; i++) expect(places[i][along]).toBeGreaterThan(places[i - 1][along] + 20);
    expect(Math.abs(places[4][across] - places[2][across])).toBeLessThan(40);
  });

  test('draws the mirrored graph the same way: from the gradient that comes in to those that go out', () => {
    const svg = toSvg(backwardGraph(network));
    tagsOf(svg);
    expect(whereIs(svg, '∂output').y).toBeLessThan(whereIs(svg, 'maxPool2dᵀ').y);
    expect(whereIs(svg, 'conv2dᵀ').y).toBeLessThan(whereIs(svg, '∂x').y);
  });

  test('escapes names, and draws two arrows between the same two nodes', () => {
    const svg = toSvg(graph);
    expect(svg).toContain('>say "w\\"&lt;&amp;&gt;</text>');
    const square = toSvg(traceGraph((x) => mul(x, x), [ones([2])]));
    tagsOf(square);
    expect(square.match(/marker-end/g)).toHaveLength(3);
  });

  test('refuses another orientation', () => {
    for (const draw of [toSvg, toDot]) {
      expect(() => draw(graph, { orientation: 'up' as Orientation })).toThrow(ArgumentError);
    }
  });
});
