// Checks the packages of a workspace as Nx would: `single`, `batch` or `watch`. The watch goes on until it is killed.
// Usage: node check-in-mode.mjs <mode> <workspace root>
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../../../packages/nx/dist/executors');
const [mode, root] = process.argv.slice(2);
const names = ['app', 'lib', 'util'];
const EXECUTOR = '@verify-exports/nx:verify-exports';
const targets = { 'verify-exports': { executor: EXECUTOR, cache: false, options: {} } };
const nodes = Object.fromEntries(
  names.map((name) => [name, { name, type: 'lib', data: { root: `packages/${name}`, targets } }]),
);
const idOf = (name) => `${name}:verify-exports`;
const tasks = Object.fromEntries(
  names.map((project) => [
    idOf(project),
    {
      id: idOf(project),
      target: { project, target: 'verify-exports' },
      overrides: {},
      outputs: [],
      cache: false,
    },
  ]),
);
const taskGraph = {
  roots: Object.keys(tasks),
  tasks,
  dependencies: Object.fromEntries(Object.keys(tasks).map((id) => [id, []])),
  continuousDependencies: {},
};
const context = {
  root,
  cwd: root,
  isVerbose: false,
  projectGraph: { nodes, dependencies: {} },
  taskGraph,
  nxJsonConfiguration: {},
};

if (mode === 'batch') {
  const { default: batch } = await import(join(dist, 'verify-exports/batch.js'));
  const results = (batch.default ?? batch)(taskGraph, {}, {}, context);
  for await (const { task, result } of results) console.log(task, result.success);
} else if (mode === 'watch') {
  const { default: watch } = await import(join(dist, 'watch/executor.js'));
  await (watch.default ?? watch)(
    { all: true, sarif: 'watch.sarif' },
    { ...context, projectName: 'app', targetName: 'verify-exports:watch' },
  );
} else {
  const { default: single } = await import(join(dist, 'verify-exports/executor.js'));
  for (const projectName of names) {
    const { success } = await (single.default ?? single)(
      {},
      { ...context, projectName, targetName: 'verify-exports' },
    );
    console.log(projectName, success);
  }
}
