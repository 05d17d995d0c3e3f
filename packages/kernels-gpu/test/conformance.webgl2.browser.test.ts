import { openWebGl } from '../src/webgl/open.ts';
import { describeKit } from './suite/kit.ts';

await describeKit(() => openWebGl());
