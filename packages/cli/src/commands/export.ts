import { extname } from 'node:path';
import { findStateDict, readNpz, readPth, readSafetensors, writeNpz, writeSafetensors } from '@dl/io';
import type { HostTensor } from '@dl/kernels';
import { Command } from 'commander';
import { weightsFile } from '../run/weights-file.ts';
import { formatCount, plural } from '../run/words.ts';
import { UsageError } from '../usage-error.ts';
import { type Context, sayer, writeJson } from './context.ts';

type Weights = ReadonlyMap<string, HostTensor>;

const readers: Readonly<Record<string, (path: string) => Promise<Weights>>> = {
  '.safetensors': async (path) => (await readSafetensors(path)).tensors,
  '.npz': readNpz,
  '.pth': async (path) => findStateDict(await readPth(path)),
  '.pt': async (path) => findStateDict(await readPth(path)),
};

const writers: Readonly<Record<string, (path: string, weights: Weights) => Promise<void>>> = {
  '.safetensors': (path, weights) => writeSafetensors(path, weights),
  '.npz': (path, weights) => writeNpz(path, weights),
};

/** `dl export`: weights in another format. */
export function exportCommand(context: Context): Command {
  return new Command('export')
    .description('write the weights of a run or a file in another format, under the names of PyTorch’s state dicts')
    .argument('<source>', 'the folder of a run, or a .safetensors, .npz, .pth or .pt file')
    .requiredOption('--to <file>', '.safetensors or .npz')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  $ dl export runs/lenet --to lenet.npz\n  $ dl export resnet18.pth --to resnet18.safetensors\n\nONNX is not written yet.',
    )
    .action(async (source: string, options: { readonly to: string; readonly json?: boolean }) => {
      const path = weightsFile(source);
      const read = readers[extname(path)];
      const write = writers[extname(options.to)];
      if (read === undefined) throw new UsageError(`a file to read must end in ${Object.keys(readers).join(', ')}, got ${path}`);
      if (write === undefined) {
        const later = extname(options.to) === '.onnx' ? '; ONNX is not written yet' : '';
        throw new UsageError(`--to must end in ${Object.keys(writers).join(' or ')}, got ${options.to}${later}`);
      }
      const weights = await read(path);
      await write(options.to, weights);
      const numbers = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
      if (options.json) return writeJson(context, { source: path, to: options.to, names: [...weights.keys()], numbers });
      sayer(context, options)(`${plural(weights.size, 'tensor')}, ${formatCount(numbers)} numbers: ${options.to}`);
      return undefined;
    });
}
