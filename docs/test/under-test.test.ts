import { tensor } from '@dl/tensor';
import { expect, test } from 'vitest';

test('the tests run on what their configuration says: the sources, or the build', () => {
  const { stack } = (() => {
    try {
      tensor([1, 2], { shape: [3] });
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('tensor must refuse the shape');
  })();
  const wanted =
    process.env.DL_UNDER_TEST === 'build' ? '/packages/tensor/dist/bundle/index.js' : '/packages/tensor/src/core/create.ts';
  expect(stack?.replaceAll('\\', '/')).toContain(wanted);
});
