import { ArgumentError, type HostTensor } from '@dl/kernels';
import { alias, keep, type Tensor, withoutRecording } from '@dl/tensor';
import { isOnHost, problemsOf, type TensorSpec, upload } from '../optimizer-state.ts';
import type { Correction } from './direction.ts';

/** What {@link LBFGS} remembers once it has made an iteration; its tensors are vectors over all parameters. */
export interface LBFGSState {
  readonly funcEvals: number;
  readonly nIter: number;
  /** The last direction and how far it was followed. */
  readonly d: Tensor;
  readonly t: number;
  readonly hDiag: number;
  readonly prevFlatGrad: Tensor;
  readonly prevLoss: number;
  readonly corrections: readonly Correction[];
}

const scalars = ['funcEvals', 'nIter', 't', 'hDiag', 'prevLoss'] as const;

/** The vectors of a state. */
export function vectorsOf(state: LBFGSState | undefined): readonly Tensor[] {
  if (state === undefined) return [];
  return [state.d, state.prevFlatGrad, ...state.corrections.flatMap(({ oldDir, oldStp }) => [oldDir, oldStp])];
}

/** The state as one flat map, under PyTorch's names: `'0.d'`, `'0.oldDirs.3'`. */
export function packLBFGS({ corrections, ...state }: LBFGSState): Map<string, Tensor | number> {
  const lists = corrections.flatMap(({ oldDir, oldStp, ro }, i): [string, Tensor | number][] => [
    [`oldDirs.${i}`, oldDir],
    [`oldStps.${i}`, oldStp],
    [`ro.${i}`, ro],
  ]);
  return new Map([...Object.entries<Tensor | number>(state), ...lists].map(([name, entry]) => [`0.${name}`, entry]));
}

/**
 * The inverse of {@link packLBFGS}, with tensors of its own.
 *
 * @param spec - of a vector over all parameters
 * @throws {@link ArgumentError} listing every entry that is missing, unknown or does not fit
 */
export function unpackLBFGS(packed: ReadonlyMap<string, Tensor | HostTensor | number>, spec: TensorSpec): LBFGSState {
  const count = [...packed.keys()].filter((key) => key.startsWith('0.ro.')).length;
  const list = (name: string): string[] => Array.from({ length: count }, (_, i) => `0.${name}.${i}`);
  const vectors = ['0.d', '0.prevFlatGrad', ...list('oldDirs'), ...list('oldStps')];
  const numbers = [...scalars.map((name) => `0.${name}`), ...list('ro')];
  const problems = [
    ...[...vectors, ...numbers].filter((key) => !packed.has(key)).map((key) => `no ${key}`),
    ...[...packed].flatMap(([key, entry]) => {
      if (numbers.includes(key)) return typeof entry === 'number' ? [] : [`${key}, which is no number`];
      if (typeof entry === 'number') return [`${key}, which is a number`];
      return problemsOf(key, vectors.includes(key) ? spec : undefined, entry);
    }),
  ];
  if (problems.length > 0) throw new ArgumentError('LBFGS', `the state must fit the parameters, got ${problems.join('; ')}`);
  const vector = (name: string): Tensor => own(packed.get(`0.${name}`), spec);
  const number = (name: string): number => Number(packed.get(`0.${name}`));
  return {
    ...(Object.fromEntries(scalars.map((name) => [name, number(name)])) as Record<(typeof scalars)[number], number>),
    d: vector('d'),
    prevFlatGrad: vector('prevFlatGrad'),
    corrections: list('ro').map((_, i) => ({
      oldDir: vector(`oldDirs.${i}`),
      oldStp: vector(`oldStps.${i}`),
      ro: number(`ro.${i}`),
    })),
  };
}

function own(entry: Tensor | HostTensor | number | undefined, spec: TensorSpec): Tensor {
  if (entry === undefined || typeof entry === 'number')
    throw new ArgumentError('LBFGS', `a vector must be a tensor, got ${entry}`);
  return keep(isOnHost(entry) ? upload(spec, entry) : withoutRecording(() => alias(entry)));
}
