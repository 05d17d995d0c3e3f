import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@dl/tensor';
import { figures } from './figures.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../../docs/figures', import.meta.url));
await useBackend('wasm');
await mkdir(folder, { recursive: true });
for (const [name, draw] of Object.entries(figures)) {
  await writeFile(join(folder, name), await draw());
  console.log(join(folder, name));
}
