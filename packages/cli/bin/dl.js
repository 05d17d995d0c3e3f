#!/usr/bin/env node
import { runCli } from '../dist/bundle/index.js';

process.exitCode = await runCli(process.argv.slice(2));
