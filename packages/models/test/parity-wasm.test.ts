import { stateDict } from '@dl/layers';
import { useBackend } from '@dl/tensor';
import { beforeAll, describe, it } from 'vitest';
import { alexnet, fcnResnet50, googlenet, resnet18, resnet50, vgg11 } from '../src/index.ts';
import { checkPass, loadPattern } from './parity.ts';

beforeAll(() => useBackend('wasm'));

describe('torchvision’s results on the wasm backend', () => {
  it.each([
    ['6.10 AlexNet', 'alexnet', () => alexnet({ dropout: 0 })],
    ['6.14 VGG-11', 'vgg11', () => vgg11({ dropout: 0, initWeights: false })],
    ['6.17 ResNet-18', 'resnet18', () => resnet18()],
    ['6.17 ResNet-50', 'resnet50', () => resnet50()],
  ] as const)('%s', async (_, name, make) => {
    const model = make();
    loadPattern(name, model);
    await checkPass(name, 'eval', (x, options) => ({ out: model.forward(x, options) }));
    await checkPass(name, 'train', (x, options) => ({ out: model.forward(x, options) }));
    for (const parameter of stateDict(model).values()) parameter.dispose();
  });

  it('6.15 GoogLeNet, with auxiliary classifiers in training', async () => {
    const model = googlenet({ aux: true, transformInput: true, dropout: 0, dropoutAux: 0 });
    loadPattern('googlenet', model);
    await checkPass('googlenet', 'eval', (x) => ({ out: model.forward(x) }));
    await checkPass('googlenet', 'train', (x, options) => ({ ...model.forwardWithAux(x, options) }));
  });

  it('6.19 FCN-ResNet-50, with its auxiliary head', async () => {
    const model = fcnResnet50({ aux: true, dropout: 0 });
    loadPattern('fcn_resnet50', model);
    await checkPass('fcn_resnet50', 'eval', (x, options) => ({ ...model.forwardWithAux(x, options) }));
    await checkPass('fcn_resnet50', 'train', (x, options) => ({ ...model.forwardWithAux(x, options) }));
  });
});
