// What the fuzzer needs of the engine: its public API, how the command line reads files, and how cases of rules are written.
export * from '../../../packages/engine/src/index.ts';
export { Disk } from '../../../packages/engine/src/read/disk.ts';
export { readReports } from '../../../packages/engine/src/cli/read-reports.ts';
export { readOptionsFile } from '../../../packages/engine/src/cli/options-file.ts';
export { parseCase } from '../../../packages/engine/test/case-file.ts';
export { writeWorkspace } from '../../../packages/engine/test/text-workspace.ts';
