/** Resolves after `ms` milliseconds, in Node and in a page. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
