import type { Language } from './language.ts';
import { rowBits } from './texture-row.ts';

/** GLSL ES 3.00: a buffer is a texture whose texels lie row by row. */
export const glsl: Language = {
  name: 'glsl',
  declare: (type, name, value) => `${type} ${name} = ${value};`,
  loop: (name, from, to, body) => `for (int ${name} = ${from}; ${name} < ${to}; ${name}++) { ${body} }`,
  choose: (condition, yes, no) => `((${condition}) ? (${yes}) : (${no}))`,
  define: (returns, name, parameters, body) =>
    `${returns} ${name}(${parameters.map(([parameter, type]) => `${type} ${parameter}`).join(', ')}) { ${body} }`,
  argument: (name) => `user_${name}`,
  texel: (buffer, at) => `texelFetch(user_${buffer}, ivec2((${at}) & ${(1 << rowBits) - 1}, (${at}) >> ${rowBits}), 0)`,
  ownTexel: (buffer) => `texelFetch(user_${buffer}, ivec2(gl_FragCoord.xy), 0)`,
  bits: (x) => `floatBitsToInt(${x})`,
  thread: `(int(gl_FragCoord.x) + (int(gl_FragCoord.y) << ${rowBits}))`,
};
