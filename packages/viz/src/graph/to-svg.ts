import type { ComputeGraph, GraphNode } from '@dl/autograd';
import { type Point, place } from '../layout.ts';
import { colors, element, line, picture, text, widthOf } from '../svg.ts';
import { checkOrientation, fills, type GraphDrawingOptions, shapeText } from './node-style.ts';

const height = 28;

/**
 * A compute graph as a picture: ops are boxes, tensors are rounded, parameters orange, shapes on the arrows; dashed arrows carry no gradient.
 *
 * @throws {@link ArgumentError} for an unknown orientation
 * @example
 * const graph = traceGraph((x) => relu(x), [tensor([1, 2])]);
 * toSvg(graph, { orientation: 'leftRight' }).startsWith('<svg') // true
 */
export function toSvg({ nodes, edges }: ComputeGraph, { orientation = 'topDown' }: GraphDrawingOptions = {}): string {
  checkOrientation('toSvg', orientation);
  const boxes = nodes.map(({ id, label }) => ({ id, width: widthOf(label) + 24, height }));
  const arrows = edges.map(({ from, to, shape }) => ({ from, to, width: widthOf(shapeText(shape)) + 6, height: 16 }));
  const placed = place(boxes, arrows, orientation, 14);
  const lines = edges.map(({ shape, differentiable }, i) => {
    const { points, label } = placed.paths[i];
    const dashes = differentiable ? undefined : '4 3';
    return [
      line(points, { stroke: colors.line, 'stroke-dasharray': dashes, 'marker-end': 'url(#arrow)' }),
      element('rect', {
        x: label.x - arrows[i].width / 2,
        y: label.y - 8,
        width: arrows[i].width,
        height: 16,
        fill: colors.paper,
      }),
      text(label.x, label.y + 4, shapeText(shape), { fill: colors.muted }),
    ].join('');
  });
  const drawn = nodes.flatMap((node, i) => {
    const center = placed.centers.get(node.id);
    return center === undefined ? [] : [drawNode(node, center, boxes[i].width)];
  });
  return picture(placed.width, placed.height, titleOf(nodes), ...lines, ...drawn);
}

function drawNode({ kind, label }: GraphNode, { x, y }: Point, width: number): string {
  const box = element('rect', {
    x: x - width / 2,
    y: y - height / 2,
    width,
    height,
    rx: kind === 'op' ? 3 : height / 2,
    fill: fills[kind],
    stroke: colors.line,
  });
  return box + text(x, y + 4, label);
}

function titleOf(nodes: readonly GraphNode[]): string {
  return `Compute graph of ${nodes.filter(({ kind }) => kind === 'op').length} ops`;
}
