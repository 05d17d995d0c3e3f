import { type Backend, DlError } from '@dl/kernels';
import { type BackendName, matmul, Rng, randn, tidy, useBackend } from '@dl/tensor';
import { Command } from 'commander';
import { columns, plural } from '../run/words.ts';
import { type Context, sayer, writeJson } from './context.ts';

const names = ['wasm', 'gpu', 'reference'] as const satisfies readonly BackendName[];

/** `dl backends`: what can compute here. */
export function backendsCommand(context: Context): Command {
  return new Command('backends')
    .description('list the backends with what executes them here')
    .option('--measure', 'time a product of matrices on each')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  $ dl backends\n  $ dl backends --measure')
    .action(async (options: { readonly measure?: boolean; readonly json?: boolean }) => {
      const rows = [];
      for (const name of names) rows.push(await look(name, options.measure === true));
      if (options.json) return writeJson(context, { backends: rows });
      const say = sayer(context, options);
      const table = columns([
        ['name', 'here', 'executes', ...(options.measure ? ['GFLOP/s'] : [])],
        ...rows.map(({ name, info, reason, gflops }) => [
          name,
          info === undefined ? 'no' : 'yes',
          info === undefined
            ? reason
            : `${info.mode}, ${plural(info.threads, 'thread')}${info.adapter === undefined ? '' : `, ${info.adapter}`}`,
          ...(options.measure ? [gflops?.toFixed(1) ?? ''] : []),
        ]),
      ]);
      say(context.paint('bold', table[0]));
      for (const line of table.slice(1)) say(line);
    });
}

interface Row {
  readonly name: string;
  readonly info?: ReturnType<Backend['info']>;
  /** Why it is not here. */
  readonly reason: string;
  readonly gflops?: number;
}

async function look(name: BackendName, measured: boolean): Promise<Row> {
  try {
    const backend = await useBackend(name);
    const gflops = measured ? await measure(name === 'reference' ? 128 : 512) : undefined;
    return { name, info: backend.info(), reason: '', ...(gflops !== undefined && { gflops }) };
  } catch (error) {
    if (!(error instanceof DlError)) throw error;
    return { name, reason: error.message };
  }
}

/** The best of five products of two square matrices, after one in which kernels compile and threads start. */
async function measure(side: number): Promise<number> {
  const rng = new Rng(1);
  const [a, b] = [randn([side, side], { rng }), randn([side, side], { rng })];
  let best = Infinity;
  for (let turn = 0; turn < 6; turn++) {
    const begin = performance.now();
    const product = tidy(() => matmul(a, b));
    await product.data();
    product.dispose();
    if (turn > 0) best = Math.min(best, performance.now() - begin);
  }
  a.dispose();
  b.dispose();
  return (2 * side ** 3) / best / 1e6;
}
