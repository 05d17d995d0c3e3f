import { useBackend } from '@dl/tensor';
import { beforeAll, describe, it } from 'vitest';
import { googlenet, resnet18 } from '../src/index.ts';
import { checkPass, loadPattern } from './parity.ts';

beforeAll(() => useBackend('reference'));

// The slow backend has its turn with the networks that are small; parity-wasm.test.ts has all.
describe('torchvision’s results on the reference backend', () => {
  it('6.17 ResNet-18', async () => {
    const model = resnet18();
    loadPattern('resnet18', model);
    await checkPass('resnet18', 'eval', (x, options) => ({ out: model.forward(x, options) }));
    await checkPass('resnet18', 'train', (x, options) => ({ out: model.forward(x, options) }));
  });

  it('6.15 GoogLeNet, with auxiliary classifiers in training', async () => {
    const model = googlenet({ aux: true, transformInput: true, dropout: 0, dropoutAux: 0 });
    loadPattern('googlenet', model);
    await checkPass('googlenet', 'eval', (x) => ({ out: model.forward(x) }));
    await checkPass('googlenet', 'train', (x, options) => ({ ...model.forwardWithAux(x, options) }));
  });
});
