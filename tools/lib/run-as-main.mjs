import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs `check` where `moduleUrl` is the program that was started: prints each problem and fails on any.
 *
 * @param {string} moduleUrl
 * @param {string} name what is checked
 * @param {() => string[] | Promise<string[]>} check
 */
export async function runAsMain(moduleUrl, name, check) {
  if (process.argv[1] === undefined || fileURLToPath(moduleUrl) !== realpathSync(process.argv[1])) return;
  const problems = await check();
  for (const problem of problems) console.error(`${name}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
