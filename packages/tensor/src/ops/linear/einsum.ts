import { ArgumentError, formatShape, ShapeError, sizeOf } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { diagonal } from '../layout/diagonal.ts';
import { permute } from '../layout/permute.ts';
import { reshape } from '../layout/reshape.ts';
import { squeeze } from '../layout/squeeze.ts';
import { sum } from '../reduce/sum.ts';
import { parseEinsum } from './einsum-equation.ts';
import { matmul } from './matmul.ts';
import { oneFloat } from './one-float.ts';

/** A tensor with a name for every axis, each once. */
interface Term {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * Einstein summation: multiplies the operands where labels are equal and sums over those that the output does not name, such as
 * $Y_{bik} = \sum_j A_{bij} B_{bjk}$ for `bij,bjk->bik`. Operands are contracted from left to right, each time by one matrix product.
 *
 * @param equation - a letter for each axis; without `->` the letters named once make the output, in alphabetical order. `...` stands
 * for any further axes, which broadcast. A letter twice in one operand takes its diagonal
 * @param tensors - one a term; float where a product is summed
 * @returns the axes that the output names
 * @throws {@link ArgumentError} for an equation that cannot be read, or another number of operands
 * @throws {@link ShapeError} when ranks and labels differ, or the extents of a label
 * @throws {@link DTypeError} for integers where a product is summed
 * @example
 * const a = tensor([[1, 2], [3, 4]]);
 * await einsum('ij,jk->ik', a, a).array() // [[7, 10], [15, 22]]
 * await einsum('ii', a).item() // 5
 * await einsum('ij->j', a).data() // Float32Array [4, 6]
 */
export function einsum(equation: string, ...tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 0) throw new ArgumentError('einsum', `operands must be at least one, got none ('${equation}')`);
  const { inputs, output } = parseEinsum(
    equation,
    tensors.map(({ shape }) => shape),
  );
  const diagonals = tensors.map((x, i) => takeDiagonals({ x, labels: inputs[i] }));
  const extents = jointExtents(equation, diagonals);
  const terms = diagonals.map((term) => dropStretched(term, extents));
  const product = terms.reduce((joint, term, i) => {
    const needed = new Set([...output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)]);
    return contract(joint, term, needed);
  });
  const rest = sumOut(product, (label) => output.includes(label));
  return permute(
    rest.x,
    output.map((label) => rest.labels.indexOf(label)),
  );
}

function takeDiagonals(term: Term): Term {
  const { x, labels } = term;
  const second = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (second < 0) return term;
  const label = labels[second];
  const first = labels.indexOf(label);
  if (x.shape[first] !== x.shape[second]) {
    throw new ShapeError(
      'einsum',
      `extents of '${label}' must be equal, got ${x.shape[first]} and ${x.shape[second]} (${formatShape(x.shape)})`,
    );
  }
  const others = labels.filter((_, axis) => axis !== first && axis !== second);
  return takeDiagonals({ x: diagonal(x, { axis0: first, axis1: second }), labels: [...others, label] });
}

/** The extent of every label; 1 stretches to another. */
function jointExtents(equation: string, terms: readonly Term[]): ReadonlyMap<string, number> {
  const extents = new Map<string, number>();
  for (const { x, labels } of terms) {
    for (const [axis, label] of labels.entries()) {
      const known = extents.get(label) ?? 1;
      const extent = x.shape[axis];
      if (known !== 1 && extent !== 1 && known !== extent) {
        const name = label.startsWith('.') ? '...' : label;
        throw new ShapeError('einsum', `extents of '${name}' must be equal, got ${known} and ${extent} ('${equation}')`);
      }
      extents.set(label, extent === 1 ? known : extent);
    }
  }
  return extents;
}

/** An axis of extent 1 that another operand stretches is a constant along it: the label can go. */
function dropStretched({ x, labels }: Term, extents: ReadonlyMap<string, number>): Term {
  const stays = labels.map((label, axis) => x.shape[axis] === extents.get(label));
  const dropped = stays.flatMap((stay, axis) => (stay ? [] : [axis]));
  return { x: squeeze(x, dropped), labels: labels.filter((_, axis) => stays[axis]) };
}

function sumOut({ x, labels }: Term, isNeeded: (label: string) => boolean): Term {
  const axes = labels.flatMap((label, axis) => (isNeeded(label) ? [] : [axis]));
  return axes.length === 0 ? { x, labels } : { x: sum(x, axes), labels: labels.filter(isNeeded) };
}

/** The product of two terms, summed over the labels that nothing needs any more. */
function contract(first: Term, second: Term, needed: ReadonlySet<string>): Term {
  const a = sumOut(first, (label) => needed.has(label) || second.labels.includes(label));
  const b = sumOut(second, (label) => needed.has(label) || first.labels.includes(label));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const inner = shared.filter((label) => !needed.has(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const extentsOf = (term: Term, labels: readonly string[]): number[] =>
    labels.map((label) => term.x.shape[term.labels.indexOf(label)]);
  const arrange = (term: Term, ...groups: (readonly string[])[]): Tensor => {
    const order = [...batch, ...groups.flat()].map((label) => term.labels.indexOf(label));
    return reshape(permute(term.x, order), [...extentsOf(term, batch), ...groups.map((group) => sizeOf(extentsOf(term, group)))]);
  };
  const labels = [...batch, ...rows, ...columns];
  const shape = [...extentsOf(a, batch), ...extentsOf(a, rows), ...extentsOf(b, columns)];
  if (inner.length === 0) return { x: reshape(mul(arrange(a, rows, inner), arrange(b, inner, columns)), shape), labels };
  oneFloat('einsum', a.x, b.x);
  // What lies in memory the other way round is multiplied as it lies.
  const transposeA = lies(a, [...batch, ...inner, ...rows]);
  const transposeB = lies(b, [...batch, ...columns, ...inner]);
  const left = transposeA ? arrange(a, inner, rows) : arrange(a, rows, inner);
  const right = transposeB ? arrange(b, columns, inner) : arrange(b, inner, columns);
  return { x: reshape(matmul(left, right, { transposeA, transposeB }), shape), labels };
}

function lies({ labels }: Term, order: readonly string[]): boolean {
  return labels.every((label, axis) => label === order[axis]);
}
