// Checks every project of a generated workspace twice in one process: cold, then with a new run. The second time the runtime is warm,
// but the engine keeps nothing. Prints both times as JSON. Usage: node run-engine.mjs <root> [--cold]
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openRun, verify } from '../../packages/engine/dist/index.js';

const [root, only] = process.argv.slice(2);
const projects = readdirSync(join(root, 'packages')).map((name) => ({
  name: `@bench/${name}`,
  root: `packages/${name}`,
  outputs: [`packages/${name}/dist`],
}));

const cold = await checkAll();
const warm = only === '--cold' ? undefined : await checkAll();
console.log(JSON.stringify({ cold, warm }));

async function checkAll() {
  const started = performance.now();
  const used = process.cpuUsage();
  const run = openRun({ root, projects });
  const reports = [];
  for (const { name } of projects) {
    reports.push(verify({ run, project: name }));
    // The batch executor does the same: the parser releases its native memory between turns of the event loop.
    await setImmediate();
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  const wrong = reports.filter(({ findings, problems }) => findings.length + problems.length > 0);
  if (wrong.length > 0 && !process.env.BROKEN) {
    const [{ project, findings, problems }] = wrong;
    throw new Error(
      `The workspace is healthy, but ${wrong.length} projects have findings; ${project}: ${(findings[0] ?? problems[0]).message}`,
    );
  }
  const met = reports.reduce((sum, { coverage }) => sum + coverage.demands.met, 0);
  if (met === 0) throw new Error('No import was met: the engine did not check the workspace.');
  return { seconds, cpu: (user + system) / 1e6, met };
}
