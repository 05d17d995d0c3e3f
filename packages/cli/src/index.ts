export { runCli } from './cli.ts';
export { defineRun, type RunContext, type RunDefinition, type RunFactory } from './config/define-run.ts';
export type { CliIo, SignalSource } from './io.ts';
