import { nodeModules } from '../node-modules.ts';

/** The packages whose code a run may be made of. */
const packages = [
  'autograd',
  'cli',
  'data',
  'io',
  'kernels',
  'kernels-gpu',
  'kernels-wasm',
  'layers',
  'models',
  'optim',
  'tensor',
  'train',
] as const;

/** The versions of the packages of this framework that are installed; none where there is no file system. */
export async function packageVersions(): Promise<Record<string, string>> {
  if (!import.meta.url.startsWith('file:')) return {};
  const entries = packages.map(async (name) => {
    const version = await versionOf(`@dl/${name}`);
    return version === undefined ? [] : [[`@dl/${name}`, version] as const];
  });
  return Object.fromEntries((await Promise.all(entries)).flat());
}

/** Looked for as Node does, in the `node_modules` of this folder and of those above it. */
async function versionOf(name: string): Promise<string | undefined> {
  const { fs } = nodeModules('runManifest');
  // Apart from `new URL`, or bundlers take it for the address of a file that they should copy.
  const here = import.meta.url;
  for (let folder = new URL('.', here), last = ''; folder.href !== last; folder = new URL('..', folder)) {
    last = folder.href;
    try {
      const { version } = JSON.parse(await fs.readFile(new URL(`node_modules/${name}/package.json`, folder), 'utf8'));
      return String(version);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  return undefined;
}
