import { workspaces } from '../tools/lib/workspaces.mjs';
import { everyExportDocumented } from './documented.mjs';
import { katexAssets, texInMarkdown } from './katex.mjs';
import { linksByName, linksByPath } from './links.mjs';

const validation = {
  notExported: true,
  invalidLink: true,
  invalidPath: true,
  rewrittenLink: true,
  notDocumented: false,
  unusedMergeModuleWith: true,
};

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: '@dl',
  readme: '../README.md',
  entryPointStrategy: 'packages',
  entryPoints: workspaces().flatMap(({ dir, manifest }) => (manifest.private ? [] : [`../${dir}`])),
  projectDocuments: ['guides/index.md', 'architecture.md', '../CONTRIBUTING.md'],
  packageOptions: {
    entryPoints: ['src/index.ts'],
    tsconfig: '../../docs/tsconfig.json',
    // Links between packages resolve once all packages are read.
    validation: { ...validation, invalidLink: false, invalidPath: false },
    skipErrorChecking: true,
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    sort: ['source-order'],
    jsDocCompatibility: { exampleTag: true },
  },
  plugin: [katexAssets, linksByName, linksByPath, everyExportDocumented],
  markdownItLoader: texInMarkdown,
  out: 'site',
  includeVersion: true,
  hideGenerator: true,
  searchInComments: true,
  searchInDocuments: true,
  treatWarningsAsErrors: true,
  validation,
  logLevel: 'Warn',
};
