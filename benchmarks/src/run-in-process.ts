import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module of this project in a process of its own, so that it meets no heap, compiled code or global of another's.
 *
 * @returns the one message that it sends
 */
export function runInProcess<T>(module: URL, args: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    // Plain JavaScript goes without the TypeScript loader, which would slow its imports down.
    const loader = module.pathname.endsWith('.ts') ? process.execArgv : [];
    const child = fork(fileURLToPath(module), [...args], { execArgv: loader });
    let answer: { readonly message: T } | undefined;
    child.on('message', (message: T) => {
      answer = { message };
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (answer !== undefined) resolve(answer.message);
      else reject(new Error(`${args.join(' ')}: the process ended with ${code} before it had a result`));
    });
  });
}
