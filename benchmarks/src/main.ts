import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { createWasmBackend } from '@dl/kernels-wasm';
import type { Findings } from './findings.ts';
import type { Pace } from './measure.ts';
import type { Request } from './notebook.ts';
import { PyTorch } from './peers/pytorch.ts';
import { toMarkdown } from './report.ts';
import { runInPage } from './run-in-page.ts';
import { runInProcess } from './run-in-process.ts';
import type { SuiteAnswer } from './suite-process.ts';
import { suites } from './suites/suites.ts';

// OpenBLAS lets its threads spin for about 20 ms after a product, GNU OpenMP and onnxruntime for less.
const spinMs = 30;

const paces = {
  full: { rounds: 15, turnMs: 60, pauseMs: 0 },
  // On software adapters one iteration may take seconds.
  page: { rounds: 7, turnMs: 60, pauseMs: 0, contestantMs: 8000 },
  quick: { rounds: 3, turnMs: 2, pauseMs: 0, contestantMs: 1000 },
} satisfies { readonly [name: string]: Pace };

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`bench: suites are ${Object.keys(suites).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

console.log(await heading());
const findings: Findings[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
  console.log(`\n### ${name}`);
  for await (const answer of answers(name)) {
    if ('findings' in answer) findings.push(answer.findings);
    console.log(`\n${'findings' in answer ? report(answer) : `- Left out: ${answer.refusal}`}`);
  }
}

const all: Findings = {
  rows: findings.flatMap(({ rows }) => rows),
  figures: findings.flatMap(({ figures }) => figures),
  absences: findings.flatMap(({ absences }) => absences),
};
if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(all, null, 2)}\n`);
// Somebody computes something else: no time is worth anything before it is known who.
if (all.absences.some(({ disagrees }) => disagrees)) process.exitCode = 1;

/** What a suite finds, on one number of threads after the other. */
async function* answers(suite: string): AsyncGenerator<SuiteAnswer> {
  const found = suites[suite];
  const request: Request = { suite, only: flags.only, peers: flags.peers.split(',').filter((text) => text !== '') };
  if ('page' in found) {
    yield runInPage(found.page, { ...request, pace: flags.quick ? paces.quick : paces.page, quick: flags.quick });
    return;
  }
  for (const threads of found.threads) {
    const pace: Pace = { ...(flags.quick ? paces.quick : paces.full), pauseMs: threads > 1 ? spinMs : 0 };
    const args = [String(threads), JSON.stringify(pace), JSON.stringify(request)];
    yield runInProcess<SuiteAnswer>(new URL('suite-process.ts', import.meta.url), args);
  }
}

function report({ findings, remark }: { readonly findings: Findings; readonly remark?: string }): string {
  return [...(remark === undefined ? [] : [remark]), toMarkdown(findings)].join('\n\n');
}

/** What ran where. */
async function heading(): Promise<string> {
  const processors = cpus();
  const { mode } = createWasmBackend().info();
  const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
    await readFile(new URL('../package.json', import.meta.url), 'utf8'),
  );
  const npm = ['@tensorflow/tfjs-core', 'onnxruntime-web', '@jax-js/jax'].map((name) => `${name} ${manifest.dependencies[name]}`);
  return [
    `${processors.length} × ${processors[0].model}, Node ${process.version}, @dl ${mode}; ${[...npm, await pytorch()].join(', ')}.`,
    'Medians [least–greatest] of interleaved rounds; ratio = peer / ours, above 1 we are faster.',
  ].join('\n');
}

async function pytorch(): Promise<string> {
  const torch = await PyTorch.start(1);
  try {
    const { version, capability, blas } = torch.info;
    return `${torch.name} ${version} (${[capability, blas].filter((part) => part !== '').join(', ')})`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    torch.stop();
  }
}
