import { ArgumentError, formatShape, type Shape, ShapeError } from '@dl/kernels';

/** What an equation says: a label for every axis of every operand, and for every axis of the result. */
export interface EinsumEquation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Reads an equation such as `bij,bjk->bik` against the operands' shapes. The axes under an ellipsis get labels of their own, aligned at
 * the last one.
 *
 * @throws {@link ArgumentError} for what is no equation, or another number of operands
 * @throws {@link ShapeError} for another number of labels than axes
 */
export function parseEinsum(equation: string, shapes: readonly Shape[]): EinsumEquation {
  const [left, right, ...rest] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  const written = right === undefined ? terms : [...terms, right];
  if (rest.length > 0 || !written.every((term) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term))) {
    throw new ArgumentError(
      'einsum',
      `equation must be like 'ij,jk->ik', with letters and at most one '...' a term, got '${equation}'`,
    );
  }
  if (terms.length !== shapes.length) {
    throw new ArgumentError(
      'einsum',
      `equation must have one term an operand, got ${terms.length} and ${shapes.length} ('${equation}')`,
    );
  }
  const hidden = terms.map((term, i) => hiddenAxes(term, shapes[i]));
  const ellipsis = Array.from({ length: Math.max(...hidden) }, (_, i) => `.${i}`);
  const inputs = terms.map((term, i) => labelsOf(term, ellipsis.slice(ellipsis.length - hidden[i])));
  const output = right === undefined ? implicitOutput(inputs, ellipsis) : labelsOf(right, ellipsis);
  checkOutput(equation, inputs, output);
  return { inputs, output };
}

function hiddenAxes(term: string, shape: Shape): number {
  const letters = term.replace('...', '').length;
  const hidden = shape.length - letters;
  if (hidden === 0 || (hidden > 0 && letters < term.length)) return hidden;
  throw new ShapeError('einsum', `operands must have an axis a label, got ${formatShape(shape)} for '${term}'`);
}

function labelsOf(term: string, ellipsis: readonly string[]): string[] {
  const [before, after] = term.split('...');
  return after === undefined ? [...before] : [...before, ...ellipsis, ...after];
}

/** Einstein's rule: what is named once stays, in alphabetical order, after the axes under the ellipsis. */
function implicitOutput(inputs: EinsumEquation['inputs'], ellipsis: readonly string[]): string[] {
  const letters = inputs.flat().filter((label) => !label.startsWith('.'));
  return [...ellipsis, ...letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label)).sort()];
}

function checkOutput(equation: string, inputs: EinsumEquation['inputs'], output: readonly string[]): void {
  const known = new Set(inputs.flat());
  for (const [i, label] of output.entries()) {
    if (!known.has(label))
      throw new ArgumentError('einsum', `output labels must be in an operand, got '${label}' ('${equation}')`);
    if (output.indexOf(label) !== i)
      throw new ArgumentError('einsum', `output labels must be distinct, got '${label}' twice ('${equation}')`);
  }
}
