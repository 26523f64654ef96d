// Compares what two built checkouts of the engine report about all workspaces of the first one, words left out.
// Usage: node tools/scripts/compare-findings.mjs <before checkout> <after checkout> [--cases <folder>] [--no-build] [--only <text>]
//   --cases <folder>  more workspaces as text (can be given more than once)
//   --no-build        do not build and compare the examples
//   --only <text>     only workspaces with this text in their name
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { comparableReport, differences } from './comparable-report.mjs';
import { workspacesToCompare } from './workspaces-to-compare.mjs';

/** @typedef {typeof import('../../packages/engine/dist/index.js')} Engine */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', multiple: true, default: [] },
    'no-build': { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const [before, after] = positionals.map((checkout) => resolve(checkout));
if (!before || !after) {
  console.error('Usage: node tools/scripts/compare-findings.mjs <before checkout> <after checkout>');
  process.exit(2);
}
const [first, second] = [await engineOf(before), await engineOf(after)];
const counts = { workspaces: 0, reports: 0, findings: 0, problems: 0, differences: 0 };

for await (const workspace of workspacesToCompare(before, {
  build: !values['no-build'],
  cases: values.cases,
})) {
  try {
    if (workspace.name.includes(values.only)) await compare(workspace);
  } finally {
    workspace.dispose();
  }
}
const { workspaces, reports, findings, problems } = counts;
console.log(
  `${reports} reports of ${workspaces} workspaces compared, with ${findings} findings and ${problems} problems: ${counts.differences} differences`,
);
if (reports === 0) console.error('Nothing was compared.');
process.exitCode = reports > 0 && counts.differences === 0 ? 0 : 1;

/** @param {string} checkout @returns {Promise<Engine>} */
function engineOf(checkout) {
  return import(pathToFileURL(join(checkout, 'packages/engine/dist/index.js')).href);
}

/** @param {import('./workspaces-to-compare.mjs').ComparedWorkspace} workspace */
async function compare(workspace) {
  const [old, now] = [await reportsOf(first, workspace), await reportsOf(second, workspace)];
  counts.workspaces += 1;
  for (const project of new Set([...old.keys(), ...now.keys()])) {
    const [a, b] = [old.get(project), now.get(project)];
    counts.reports += 1;
    counts.findings += a?.findings?.length ?? 0;
    counts.problems += a?.problems?.length ?? 0;
    for (const difference of differences(a, b)) {
      counts.differences += 1;
      console.log(`${workspace.name}, ${project}: ${difference}`);
    }
  }
}

/**
 * The comparable reports of all projects. If the engine throws, the error's kind is compared, under the project's name.
 *
 * @param {Engine} engine
 * @param {import('./workspaces-to-compare.mjs').ComparedWorkspace} workspace
 * @returns {Promise<Map<string, Partial<ReturnType<typeof comparableReport>> & { error?: string }>>}
 */
async function reportsOf(engine, { root, projects, options }) {
  const found = new Map();
  try {
    const run = engine.openRun({ root, ...(projects && { projects }) });
    const given = options && { options: engine.normalizeOptions(options) };
    for (const project of projectsOf(engine, run)) {
      found.set(project, attempt(engine, { run, project, ...given }));
      // The parser's native memory is released between turns of the event loop.
      await setImmediate();
    }
  } catch (error) {
    found.set('(workspace)', { error: kindOf(error) });
  }
  return found;
}

/**
 * @param {Engine} engine
 * @param {Parameters<Engine['verify']>[0]} input
 */
function attempt(engine, input) {
  try {
    const report = engine.verify(input);
    return comparableReport(report, engine.exitStatusOf([report]));
  } catch (error) {
    return { error: kindOf(error) };
  }
}

/** @param {any} error */
function kindOf(error) {
  return error?.problem?.kind ?? error?.stack ?? String(error);
}

/** An engine that was built before `projectsIn` existed shows its workspace instead. @param {Engine} engine @param {any} run */
function projectsOf(engine, run) {
  return engine.projectsIn?.(run) ?? run.workspace.packages.map(({ project }) => project);
}
