import { Graph, layout } from '@dagrejs/dagre';

/** Which way a drawing reads. */
export type Orientation = 'topDown' | 'leftRight';

/** A point of a drawing, in pixels from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is to be placed: a box, or a box with the words on an arrow. */
interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A box to place. */
export interface Box extends Extent {
  readonly id: string;
}

/** An arrow to lay, with room for its label. */
export interface Arrow extends Extent {
  readonly from: string;
  readonly to: string;
}

/** Where everything goes: centres of boxes by id, and for each arrow its bends and the centre of its label. */
export interface Placed extends Extent {
  readonly centers: ReadonlyMap<string, Point>;
  readonly paths: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/**
 * Places boxes in layers so that arrows lead one way and cross seldom.
 *
 * @see Gansner et al., A technique for drawing directed graphs, 1993
 */
export function place(boxes: readonly Box[], arrows: readonly Arrow[], orientation: Orientation, gap: number): Placed {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: orientation === 'topDown' ? 'TB' : 'LR',
    ranksep: gap,
    nodesep: 24,
    edgesep: 16,
    marginx: 16,
    marginy: 16,
  });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const [i, { from, to, width, height }] of arrows.entries()) {
    graph.setEdge(from, to, { width, height, labelpos: 'c' }, String(i));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const centers = new Map(boxes.map(({ id }) => [id, pointOf(graph.node(id))]));
  const paths = arrows.map(({ from, to }, i) => {
    const edge = graph.edge(from, to, String(i));
    return { points: edge.points ?? [], label: pointOf(edge) };
  });
  return { width, height, centers, paths };
}

function pointOf({ x = 0, y = 0 }: { readonly x?: number | undefined; readonly y?: number | undefined }): Point {
  return { x, y };
}
