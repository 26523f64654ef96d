// Checks every project of a generated workspace twice in one process: cold, then with a new run. The second time the runtime is warm,
// but the engine keeps nothing. Prints both times as JSON.
// Usage: node run-engine.mjs <root> [--cold] [--cache <folder>] [--broken] [--published] [--workers 0] [--project <folder's name>]
// With `--published`, the workspace consists of published packages, which may have findings.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openRun, projectsIn, readAhead, saveCache, verify } from '../../packages/engine/dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cold: { type: 'boolean' },
    cache: { type: 'string' },
    broken: { type: 'boolean' },
    published: { type: 'boolean' },
    workers: { type: 'string' },
    project: { type: 'string' },
  },
});
const [root] = positionals;
if (root === undefined) throw new Error('The first argument is the root of the workspace.');
const projects = values.published
  ? undefined
  : readdirSync(join(root, 'packages')).map((name) => ({
      name: `@bench/${name}`,
      root: `packages/${name}`,
      outputs: [`packages/${name}/dist`],
    }));

const cold = await checkAll();
const warm = values.cold ? undefined : await checkAll();
console.log(JSON.stringify({ cold, warm }));

async function checkAll() {
  const started = performance.now();
  const used = process.cpuUsage();
  const run = openRun({
    root,
    ...(projects && { projects }),
    ...(values.cache && { cacheFolder: values.cache, keepReports: true }),
  });
  const checked = values.project ? [`@bench/${values.project}`] : projectsIn(run);
  if (!values.project)
    readAhead({ run, projects: checked, ...(values.workers && { workers: Number(values.workers) }) });
  const reports = [];
  for (const project of checked) {
    reports.push(verify({ run, project }));
    // The batch executor does the same: the parser releases its native memory between turns of the event loop.
    await setImmediate();
  }
  saveCache(run);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  const wrong = reports.filter(({ findings, problems }) => findings.length + problems.length > 0);
  if (values.broken && wrong.length === 0)
    throw new Error('The workspace is broken, and no project has a finding.');
  if (!values.broken && !values.published && wrong.length > 0) {
    const [{ project, findings, problems }] = wrong;
    throw new Error(
      `The workspace is healthy, but ${wrong.length} projects have findings; ${project}: ${(findings[0] ?? problems[0]).message}`,
    );
  }
  const met = reports.reduce((sum, { coverage }) => sum + coverage.demands.met, 0);
  if (met === 0) throw new Error('No import was met: the engine did not check the workspace.');
  return { seconds, cpu: (user + system) / 1e6, met };
}
