import { openWebGpu } from '../src/webgpu/open.ts';
import { describeKit } from './suite/kit.ts';

await describeKit(() => openWebGpu());
