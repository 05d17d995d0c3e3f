import type { DType, Shape } from '@dl/kernels';

/** What a {@link ComputeGraph} is made of: an op, or a tensor that comes in or goes out. */
export interface GraphNode {
  /** Unique in its graph. */
  readonly id: string;
  /** `constant` is what nothing is differentiated by: a frozen parameter, or a tensor that the function took from elsewhere. */
  readonly kind: 'input' | 'parameter' | 'constant' | 'op' | 'output';
  /** The name of the op, or of the tensor. */
  readonly label: string;
  /** Of what it gives. */
  readonly shape: Shape;
  /** Of what it gives. */
  readonly dtype: DType;
}

/** A tensor on its way from one node to another. */
export interface GraphEdge {
  /** The id of the node that gives it. */
  readonly from: string;
  /** The id of the node that takes it. */
  readonly to: string;
  /** As the taker sees it. */
  readonly shape: Shape;
  /** Element type. */
  readonly dtype: DType;
  /** Whether a gradient flows back along it. */
  readonly differentiable: boolean;
}

/** Which ops made a result, of what: plain data, for drawing, counting and saving. */
export interface ComputeGraph {
  /** Whoever gives comes before whoever takes. */
  readonly nodes: readonly GraphNode[];
  /** By taker, in the order of its inputs. */
  readonly edges: readonly GraphEdge[];
}
