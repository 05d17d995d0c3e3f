import { DlError } from '@dl/tensor';

/** What {@link StateDictError} has against a state dict. */
export interface StateDictProblems {
  /** Names the model has and the dict has not. */
  readonly missing: readonly string[];
  /** Names the dict has and the model has not. */
  readonly unexpected: readonly string[];
  /** Names both have, with what differs: `fc.weight: shape must be [10, 84], got [10, 120]`. */
  readonly mismatched: readonly string[];
}

/** A state dict does not fit a model: every problem at once. */
export class StateDictError extends DlError implements StateDictProblems {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];

  constructor(op: string, { missing, unexpected, mismatched }: StateDictProblems) {
    const parts = [
      ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
      ...(unexpected.length > 0 ? [`unexpected ${unexpected.join(', ')}`] : []),
      ...mismatched,
    ];
    super(op, `the dict must fit the model, got ${parts.length > 1 ? parts.map((part) => `\n  ${part}`).join('') : parts[0]}`);
    this.missing = missing;
    this.unexpected = unexpected;
    this.mismatched = mismatched;
  }
}
