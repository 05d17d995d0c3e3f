import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

// Turbo reports to its makers unless it is told not to, and prints a banner each run: here it is silent unless a package fails.
const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [turbo, 'run', 'build', '--output-logs=errors-only', '--continue=dependencies-successful', ...process.argv.slice(2)],
  { env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' }, encoding: 'utf8' },
);
if (status !== 0) process.stderr.write(stdout + stderr);
process.exitCode = status ?? 1;
