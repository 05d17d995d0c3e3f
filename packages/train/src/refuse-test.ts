import { ArgumentError } from '@dl/kernels';

/**
 * Refuses data of a test split: what is chosen by it cannot be tested on it any more.
 *
 * @throws {@link ArgumentError} saying which data, and what to do
 */
export function refuseTest(op: string, data: Readonly<Record<string, { readonly split?: string | undefined }>>): void {
  for (const [name, { split }] of Object.entries(data)) {
    if (split !== 'test') continue;
    throw new ArgumentError(op, `${name} must not be of the test split (hold out a part of the training data), got split 'test'`);
  }
}
