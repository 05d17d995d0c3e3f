import type { ComputeGraph } from '@dl/autograd';
import { checkOrientation, fills, type GraphDrawingOptions, shapeText } from './node-style.ts';

/**
 * A compute graph in the DOT language of Graphviz, with shapes on the arrows; dashed arrows carry no gradient.
 *
 * @throws {@link ArgumentError} for an unknown orientation
 * @example
 * const graph = traceGraph((x) => relu(x), [tensor([1, 2])]);
 * toDot(graph).includes('"n1" -> "output" [label="2"]') // true
 * @see https://graphviz.org/doc/info/lang.html
 */
export function toDot({ nodes, edges }: ComputeGraph, { orientation = 'topDown' }: GraphDrawingOptions = {}): string {
  checkOrientation('toDot', orientation);
  const lines = [
    'digraph {',
    `  rankdir=${orientation === 'topDown' ? 'TB' : 'LR'};`,
    '  node [fontname="monospace", fontsize=12, style=filled];',
    '  edge [fontname="monospace", fontsize=10];',
    ...nodes.map(({ id, kind, label }) => {
      const shape = kind === 'op' ? 'box' : 'ellipse';
      return `  ${quoted(id)} [label=${quoted(label)}, shape=${shape}, fillcolor="${fills[kind]}"];`;
    }),
    ...edges.map(({ from, to, shape, differentiable }) => {
      const style = differentiable ? '' : ', style=dashed';
      return `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(shapeText(shape))}${style}];`;
    }),
    '}',
    '',
  ];
  return lines.join('\n');
}

function quoted(words: string): string {
  return `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
