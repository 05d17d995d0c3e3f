import { declaredNames, parse } from '../lib/syntax.mjs';

/**
 * A piece of a page or a doc comment that is a program of its own. Its code stands on the very lines where it stands in the file.
 *
 * @typedef {{ file: string, line: number, code: string, runs: boolean, isExample: boolean }} Program
 */

/**
 * The programs of a Markdown page. Blocks of `ts` follow each other and share their names; one that declares a name again starts a
 * program. Blocks of `ts no-run` are only compiled, each for itself.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Program[]}
 */
export function programsOfPage(file, text) {
  /** @type {{ line: number, lines: string[], runs: boolean, names: Set<string> }[]} */
  const programs = [];
  for (const { line, language, code } of fences(text.split('\n'))) {
    if (/^(js|javascript|typescript)\b/.test(language))
      throw new Error(`${file}:${line}: write \`\`\`ts, so that the block runs`);
    const runs = language === 'ts';
    if (!runs && language !== 'ts no-run') continue;
    const before = programs.at(-1);
    const names = parse(`${file}.ts`, code.join('\n')).program.body.flatMap(declaredNames);
    if (runs && before?.runs && !names.some((/** @type {string} */ name) => before.names.has(name))) {
      append(before.lines, line, code);
      for (const name of names) before.names.add(name);
    } else {
      programs.push({ line, runs, lines: append([], line, code), names: new Set(names) });
    }
  }
  return programs.map(({ line, lines, runs }) => ({ file, line, code: lines.join('\n'), runs, isExample: false }));
}

/**
 * Every `@example` of the doc comments of a source: its fenced blocks, or its bare lines.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Program[]}
 */
export function programsOfSource(file, text) {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^\s*\*\s+@example\b/.test(line)) return [];
    const body = commentBody(lines.slice(at + 1));
    const fenced = fences(body).filter(({ language }) => /^ts\b/.test(language));
    const blocks = body.some((one) => one.startsWith('```')) ? fenced : [{ line: 1, language: 'ts', code: body }];
    return blocks
      .map((block) => ({ ...block, line: block.line + at + 1 }))
      .map(({ line, language, code }) => ({
        file,
        line,
        code: append([], line, code).join('\n'),
        runs: !language.includes('no-run'),
        isExample: true,
      }));
  });
}

/**
 * The text of a doc comment from its first line here to the next block tag or its end.
 *
 * @param {readonly string[]} lines
 * @returns {string[]}
 */
function commentBody(lines) {
  const body = [];
  for (const line of lines) {
    const text = /^\s*\*(?!\/) ?(.*)$/.exec(line)?.[1];
    if (text === undefined || /^@\w/.test(text)) break;
    body.push(text);
  }
  return body;
}

/**
 * Fenced blocks; `line` is that of the first line of code, counted from 1.
 *
 * @param {readonly string[]} lines
 * @returns {{ line: number, language: string, code: string[] }[]}
 */
function fences(lines) {
  const found = [];
  for (let at = 0; at < lines.length; at++) {
    const [, fence, language] = /^\s*(`{3,})(.*)$/.exec(lines[at]) ?? [];
    if (fence === undefined) continue;
    const end = lines.findIndex((line, i) => i > at && line.trim() === fence);
    if (end < 0) throw new Error(`a block that begins with ${lines[at].trim()} has no end`);
    found.push({ line: at + 2, language: language.trim(), code: lines.slice(at + 1, end) });
    at = end;
  }
  return found;
}

/**
 * @param {string[]} lines
 * @param {number} line where `code` begins, counted from 1
 * @param {readonly string[]} code
 */
function append(lines, line, code) {
  while (lines.length < line - 1) lines.push('');
  lines.push(...code);
  return lines;
}
