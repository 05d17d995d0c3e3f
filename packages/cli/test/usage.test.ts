import { describe, expect, it } from 'vitest';
import { paintFor } from '../src/paint.ts';
import { dl, testFolder } from './run.ts';

const folder = testFolder();

describe('the command line', () => {
  it.each(['train', 'evaluate', 'predict', 'report', 'compare', 'export', 'summary', 'datasets', 'backends'])(
    'dl %s has a help with examples',
    async (command) => {
      const { code, out, err } = await dl([command, '--help']);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(new RegExp(`^Usage: dl ${command}`));
      expect(out).toContain(`Examples:\n  $ dl ${command}`);
    },
  );

  it('knows its version', async () => {
    expect(await dl(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('lists its commands', async () => {
    const { code, out } = await dl(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}train .*^ {2}evaluate .*^ {2}datasets /ms);
  });

  it.each([
    [['trian'], 'Did you mean train?'],
    [['train', '--modle', 'mlp'], 'Did you mean --model?'],
    [['train', '--data', 'minst'], 'Did you mean mnist?'],
    [['train', '--model', 'lenets'], 'Did you mean lenet?'],
    [['train', '--optimizer', 'adamm'], 'Did you mean adam?'],
    [['summary', 'resnt20'], 'Did you mean resnet20?'],
  ])('%j is told what it may have meant', async (args, hint) => {
    const { code, out, err } = await dl(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(hint);
  });

  it.each([
    [['train', '--epochs', '0'], "'0' is invalid. It must be an integer of at least 1."],
    [['train', '--epochs', 'many'], 'It must be an integer of at least 1.'],
    [['train', '--lr', '0'], 'It must be a number above 0.'],
    [['train', '--validation', '1'], 'It must be a number of at least 0 and below 1.'],
    [['train', 'a.ts', 'b.ts'], 'too many arguments'],
    [['train', '--data', 'moons', '--augment', 'flip'], '--augment is for images, not for moons'],
    [['train', '--data', 'digits', '--limit', '9', '--hidden', '8'], '--hidden is for texts, not for digits'],
    [['train', '--data', 'xor', '--test-files', 'a'], '--test-files is for the batches of CIFAR, not for xor'],
    [['train', '--data', 'shapes', '--limit', '9', '--image-size', '9'], '--image-size is for folders of images, not for shapes'],
    [['evaluate', 'nowhere'], 'there is no run or file nowhere'],
    [['evaluate', 'nowhere', '--combine', 'vote'], '--combine is of several views'],
    [['compare', 'nowhere'], 'nowhere holds no run'],
    [['export', 'nowhere', '--to', 'w.npz'], 'there is no run or file nowhere'],
    [['export', 'nowhere'], "required option '--to <file>' not specified"],
    [['train', '--resume', 'nowhere'], 'nowhere holds no run'],
    [['train', 'nowhere.ts'], 'there is no config file nowhere.ts'],
    [['summary', 'lenet', '--input', '28'], '--input must be channels, height and width, got 28'],
  ])('%j is refused with code 2', async (args, message) => {
    const { code, out, err } = await dl([...args, ...(args[0] === 'train' ? ['--run', folder.path('unused')] : [])]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('fails with code 1 where the world is not as it should be', async () => {
    const args = ['train', '--data', 'emnist', '--run', folder.path('none')];
    const { code, err } = await dl(args);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: emnist: the dataset must be found or downloaded, got .*\n$/);
  });
});

describe('colours', () => {
  const red = '\u001b[31mx\u001b[39m';

  it.each([
    [{ isTTY: true }, {}, red],
    [{ isTTY: false }, {}, 'x'],
    [{ isTTY: true }, { NO_COLOR: '1' }, 'x'],
    [{ isTTY: true }, { NO_COLOR: '' }, red],
    [{ isTTY: true }, { TERM: 'dumb' }, 'x'],
    [{ isTTY: false }, { FORCE_COLOR: '1' }, red],
    [{ isTTY: false }, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'x'],
  ])('%j with %j', (stream, env, expected) => {
    expect(paintFor(stream, env)('red', 'x')).toBe(expected);
  });
});
