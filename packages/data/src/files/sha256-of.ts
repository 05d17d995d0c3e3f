import type { NodeModules } from './node-modules.ts';

/** SHA-256 of a file, in hexadecimal. */
export async function sha256Of({ streams, crypto }: NodeModules, path: string): Promise<string> {
  const hash = crypto.createHash('sha256');
  for await (const chunk of streams.createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
