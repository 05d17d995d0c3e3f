// Prints every sample that PyTorch can answer as JSON, { family: { op: questions } }, for golden.py. Loads the sources: nothing need be built.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { noExternal: [/^@dl\//], resolve: { conditions: ['@dl/source', 'node', 'import', 'default'] } },
});
try {
  const { families, goldenQuestions } = await server.ssrLoadModule('/src/index.ts');
  const questions = Object.entries(families).map(([family, records]) => [
    family,
    Object.fromEntries(records.map((record) => [record.name, goldenQuestions(record)]).filter(([, asked]) => asked.length > 0)),
  ]);
  process.stdout.write(JSON.stringify(Object.fromEntries(questions)));
} finally {
  await server.close();
}
