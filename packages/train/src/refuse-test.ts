import { ArgumentError } from '@dl/kernels';

/**
 * Refuses data of a test split: whoever learns from it, or chooses by it, does not know any more how good the model is on data it has not seen.
 *
 * @throws {@link ArgumentError} saying which data, and what to do
 */
export function refuseTest(
  op: string,
  data: Readonly<Record<string, { readonly split?: string | undefined } | undefined>>,
): void {
  for (const [name, part] of Object.entries(data)) {
    if (part?.split !== 'test') continue;
    throw new ArgumentError(
      op,
      `${name} must not be of the test split, which is looked at once, by evaluate, when nothing is left to choose ` +
        "(hold out a part of the training data), got split 'test'",
    );
  }
}
