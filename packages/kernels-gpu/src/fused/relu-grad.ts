import { elementwise, type Row } from '../kernels/elementwise.ts';
import type { FusedKernel } from '../machine.ts';

const passed: Row = {
  key: 'reluGrad',
  functions: ['function f(y, dy) { if (isNan(y) > 0.5) { return dy; } if (y <= 0) { return 0; } return dy; }'],
};

export const reluGrad: FusedKernel<'reluGrad'> = (machine, inputs, _, [dx]) => elementwise(machine, passed, inputs, dx);
