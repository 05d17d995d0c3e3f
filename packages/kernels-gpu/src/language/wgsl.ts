import type { Language, Type } from './language.ts';

const types: { readonly [T in Type]: string } = { float: 'f32', int: 'i32', vec4: 'vec4<f32>' };

/** WGSL: a buffer is an array of texels. The module declares `float` and `int` as other names of its own types. */
export const wgsl: Language = {
  name: 'wgsl',
  declare: (type, name, value) => `var ${name} : ${types[type]} = ${value};`,
  // Without the parentheses, `<` and a `>>` in `to` would be those of a template list.
  loop: (name, from, to, body) => `for (var ${name} : i32 = ${from}; ${name} < (${to}); ${name}++) { ${body} }`,
  choose: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  define: (returns, name, parameters, body) =>
    `fn ${name}(${parameters.map(([parameter, type]) => `${parameter} : ${types[type]}`).join(', ')}) -> ${types[returns]} { ${body} }`,
  argument: (name) => `params.user_${name}`,
  texel: (buffer, at) => `user_${buffer}[${at}]`,
  ownTexel: (buffer) => `user_${buffer}[i32(threadGid.x)]`,
  bits: (x) => `bitcast<i32>(${x})`,
  thread: 'i32(threadGid.x)',
};
