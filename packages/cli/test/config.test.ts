import { EventEmitter } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dl, testFolder } from './run.ts';

const folder = testFolder();
const config = fileURLToPath(new URL('my-run.ts', import.meta.url));
const weightsOf = async (run: string): Promise<unknown> => JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')).weights;

describe('dl train my-run.ts', () => {
  it('trains what the file describes', async () => {
    const path = folder.path('own');
    const { code, out } = await dl(['train', config, '--epochs', '3', '--seed', '2', '--run', path]);
    expect(code).toBe(0);
    expect(out).toMatch(/^config {3}.*my-run\.ts\nmodel {4}Sequential, 82 parameters\ntraining 3 epochs of 29 batches, seed 2$/m);
    expect(out).toMatch(/^test {5}accuracy \d+\.\d\d %, loss \S+ on 500 samples$/m);
    expect(JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8'))).toMatchObject({
      config: { config, seed: 2, epochs: 3 },
      data: { train: { size: 900 }, validation: { size: 100 }, test: { size: 500, split: 'test' } },
    });
    const again = await dl(['evaluate', path, '--json']);
    expect(JSON.parse(again.out).metrics).toEqual(JSON.parse(await readFile(join(path, 'result.json'), 'utf8')).test.metrics);
  });

  it('goes on after Ctrl-C to the same bits', async () => {
    const [whole, cut] = ['whole', 'cut'].map(folder.path);
    await dl(['train', config, '--run', whole]);
    const signals = new EventEmitter();
    const write = (text: string): unknown => text.startsWith('epoch 2') && signals.emit('SIGINT');
    expect(await dl(['train', '--config', config, '--run', cut], { signals, stdout: { write } })).toMatchObject({ code: 130 });
    expect(await dl(['train', '--resume', cut])).toMatchObject({ code: 0 });
    expect(await weightsOf(cut)).toBe(await weightsOf(whole));
  });

  it.each([
    ['throws.mjs', "throw new Error('no luck');", 1, 'the config file must load, got no luck'],
    ['nothing.mjs', 'export const run = 1;', 1, 'must export a run by default (export default defineRun(…)), got undefined'],
    ['number.mjs', 'export default 7;', 1, 'must export a run by default (export default defineRun(…)), got number'],
    ['void.mjs', 'export default () => {};', 1, 'the run must have a model and data to train on, got none'],
  ])('names %s where it is no run', async (name, text, code, message) => {
    const path = folder.path(name);
    await writeFile(path, text);
    const ran = await dl(['train', path, '--run', folder.path(`run-${name}`)]);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toContain(`error: ${path}: `);
    expect(ran.err).toContain(message);
  });

  it('leaves to the file what the file decides', async () => {
    const { code, err } = await dl(['train', config, '--batch-size', '8', '--run', folder.path('mixed')]);
    expect([code, err]).toEqual([2, `error: --batch-size is for the config file ${config} to decide\n`]);
    const threads = await dl(['train', config, '--workers', '1', '--run', folder.path('mixed')]);
    expect([threads.code, threads.err]).toEqual([2, `error: --workers is for the config file ${config} to decide\n`]);
  });
});
