#!/usr/bin/env node
import { runCli } from '../dist/bundle/index.js';

// Whoever reads the output may have seen enough, as `head` does.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await runCli(process.argv.slice(2));
