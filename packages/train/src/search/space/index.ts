export { choice } from './choice.ts';
export type { Dimension } from './dimension.ts';
export { int } from './int.ts';
export { logUniform } from './log-uniform.ts';
export { uniform } from './uniform.ts';
