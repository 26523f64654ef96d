// What the fuzzer needs of the engine: its public API, and how the command line reads files.
export * from '../../../packages/engine/src/index.ts';
export { readReports } from '../../../packages/engine/src/cli/read-reports.ts';
export { readOptionsFile } from '../../../packages/engine/src/cli/options-file.ts';
