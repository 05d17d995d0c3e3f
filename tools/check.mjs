import { spawn } from 'node:child_process';

/**
 * What CI runs, each step an npm script of its own. `npm run check -- --skip typecheck,test:unit` leaves out what has just run.
 */
const steps = [
  'lint',
  'arrows',
  'lock',
  'generated',
  'typecheck',
  'test:unit',
  'test:browser',
  'build',
  'test:dist',
  'packages',
  'sizes',
  'docs',
];

const skipped = process.argv[2] === '--skip' ? (process.argv[3] ?? '').split(',') : [];
const unknown = skipped.filter((name) => !steps.includes(name));
if (unknown.length > 0) throw new Error(`check: no such step: ${unknown.join(', ')} (steps: ${steps.join(', ')})`);

const failed = [];
for (const step of steps.filter((name) => !skipped.includes(name))) {
  const start = performance.now();
  const { ok, output } = await runScript(step);
  console.log(`${ok ? '✓' : '✗'} ${step} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (ok) continue;
  failed.push(step);
  console.log(output);
}
if (failed.length > 0) {
  console.log(`check: failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/**
 * @param {string} name
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function runScript(name) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
