import { isFloat } from '@dl/kernels';
import type { ComputeGraph, GraphEdge, GraphNode } from './compute-graph.ts';

/**
 * The back-propagation network of a compute graph: the graph in the mirror. Each op becomes the product with its transposed Jacobian (`relu`
 * becomes `reluᵀ`), the output becomes the gradient that comes in, and inputs and parameters become their gradients that go out. Where a
 * value went several ways, what comes back is added up: copying and adding are each other's transposes.
 *
 * What no gradient flows through is left out. The ops that really run are those of `traceGraph(grad(f), …)`.
 *
 * @example
 * const forward = traceGraph((x) => relu(x).mul(x).sum(), [tensor([1, -1])]);
 * backwardGraph(forward).nodes.map(({ label }) => label) // ['∂output', 'sumᵀ', 'mulᵀ', 'reluᵀ', 'add', '∂x']
 */
export function backwardGraph({ nodes, edges }: ComputeGraph): ComputeGraph {
  const flowing = new Set<string>();
  const gradients = (node: GraphNode): boolean =>
    node.kind === 'input' || node.kind === 'parameter'
      ? isFloat(node.dtype)
      : edges.some(({ to, from, differentiable }) => to === node.id && differentiable && flowing.has(from));
  for (const node of nodes) if (gradients(node) || node.kind === 'output') flowing.add(node.id);
  const mirroredNodes: GraphNode[] = [];
  const mirroredEdges: GraphEdge[] = [];
  for (const node of nodes.toReversed()) {
    if (!flowing.has(node.id)) continue;
    const { id, shape, dtype } = node;
    const back = edges.filter(({ from, to, differentiable }) => from === id && differentiable && flowing.has(to));
    const sum = back.length > 1 ? `sum-${id}` : undefined;
    if (sum !== undefined) mirroredNodes.push({ id: sum, kind: 'op', label: 'add', shape, dtype });
    for (const edge of back) mirroredEdges.push({ ...edge, from: edge.to, to: sum ?? id });
    if (sum !== undefined) mirroredEdges.push({ from: sum, to: id, shape, dtype, differentiable: true });
    mirroredNodes.push({ ...node, ...mirrored(node) });
  }
  return { nodes: mirroredNodes, edges: mirroredEdges };
}

function mirrored({ kind, label }: GraphNode): Pick<GraphNode, 'kind' | 'label'> {
  if (kind === 'op') return { kind, label: `${label}ᵀ` };
  return { kind: kind === 'output' ? 'input' : 'output', label: `∂${label}` };
}
