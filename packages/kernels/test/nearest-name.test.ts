import { nearestName } from '@dl/kernels';
import { describe, expect, it } from 'vitest';

describe('nearestName', () => {
  const names = ['mnist', 'resnet18', 'resnet50'];

  it.each([
    ['mnist', 'mnist'],
    ['MNIST', 'mnist'],
    ['minst', 'mnist'],
    ['mnst', 'mnist'],
    ['resnet5', 'resnet50'],
  ])('takes %s for %s', (wanted, meant) => {
    expect(nearestName(wanted, names)).toBe(meant);
  });

  it('does not guess', () => {
    expect(nearestName('vgg', names)).toBeUndefined();
    expect(nearestName('', names)).toBeUndefined();
    expect(nearestName('mnist', [])).toBeUndefined();
  });
});
