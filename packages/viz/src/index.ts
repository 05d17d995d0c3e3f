export { type ArchitectureSvgOptions, architectureSvg } from './architecture/architecture-svg.ts';
export type { GraphDrawingOptions } from './graph/node-style.ts';
export { toDot } from './graph/to-dot.ts';
export { toSvg } from './graph/to-svg.ts';
export type { Orientation } from './layout.ts';
