import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mergeFindings, openRun, planFixes, verify } from '@verify-exports/engine';
import { random as seeded } from '../../bench/random.mjs';
import { buildLibrary } from './build-library.mjs';
import { breaksOf, generateWorkspace, renderWorkspace } from './generate-workspace.mjs';

const PROJECTS = [
  { name: 'app', root: 'packages/app' },
  { name: 'lib', root: 'packages/lib', outputs: ['packages/lib/dist'], buildCommand: 'build' },
  { name: 'other', root: 'packages/other' },
];

/**
 * Breaks `count` healthy workspaces, one break each, applies the fixes of the findings, builds and verifies again.
 *
 * @returns {{ rates: Record<string, { found: number; fixed: number }>; failures: any[] }} `rates`: per rule, the number of findings and how
 *   many the fixes removed; `failures`: the others, with what happened
 */
export function measureFixes({ count, seed }) {
  const random = seeded(seed);
  /** @type {Record<string, { found: number; fixed: number }>} */
  const rates = {};
  const failures = [];
  for (let index = 0; index < count; index++) {
    const workspace = generateWorkspace(random);
    const broken = random.pick(breaksOf(workspace));
    const outcome = fixOne(workspace, broken);
    if (outcome.kind === 'unbroken') continue;
    const rate = (rates[broken.code] ??= { found: 0, fixed: 0 });
    rate.found++;
    if (outcome.kind === 'fixed') rate.fixed++;
    else failures.push({ index, workspace, broken, ...outcome });
  }
  return { rates, failures };
}

function fixOne(workspace, broken) {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'verify-exports-fix-'));
  try {
    write(root, renderWorkspace(workspace));
    buildLibrary(root, workspace);
    const healthy = findingsIn(root);
    if (healthy.some(({ rule }) => rule !== 'extensionless-declarations'))
      throw new Error(`not healthy: ${JSON.stringify([workspace, healthy], null, 1)}`);
    // Half of the workspaces have no extensions in their imports, which is no break. In the others, a fix must write them.
    const known = new Set(healthy.map(({ fingerprint }) => fingerprint));

    write(root, renderWorkspace(workspace, broken));
    buildLibrary(root, workspace);
    const found = findingsIn(root);
    if (!found.some(({ code }) => code === broken.code)) {
      // The name is still exported in another way, so nothing is broken.
      return { kind: 'unbroken' };
    }
    const plan = planFixes({ workspace: { root, projects: PROJECTS }, check: checkProjects });
    for (const { file, after } of plan.files) writeFileSync(join(root, file), after);
    const observed = { files: plan.files, found };
    try {
      buildLibrary(root, workspace);
    } catch (error) {
      return { kind: 'does not build', why: String(error), ...observed };
    }
    const left = findingsIn(root).filter(({ fingerprint }) => !known.has(fingerprint));
    if (left.length > 0)
      return {
        kind: 'still found',
        why: left.map(({ code, message }) => `${code} ${message}`).join('\n'),
        ...observed,
      };
    const lacking = lackingAtRunTime(root, workspace);
    return lacking.length > 0
      ? { kind: 'not there at run time', why: lacking.join(', '), ...observed }
      : { kind: 'fixed' };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function checkProjects(run) {
  return PROJECTS.map(({ name }) => verify({ run, project: name }));
}

function findingsIn(root) {
  const reports = checkProjects(openRun({ root, projects: PROJECTS }));
  const problems = reports.flatMap((report) => report.problems);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return mergeFindings(reports).filter(({ severity }) => severity !== 'info');
}

/** Names that the library does not export when Node loads it from the application's folder. */
function lackingAtRunTime(root, { library }) {
  const load = createRequire(join(root, 'packages/app/main.js'));
  const offered = load('@acme/lib');
  const values = library.leaves.flatMap(({ names, defaultName }) => [
    ...names.filter(({ type }) => !type).map(({ name }) => name),
    ...(defaultName === undefined ? [] : [defaultName]),
  ]);
  return values.filter((name) => !(name in offered) || offered[name] === undefined);
}

function write(root, files) {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const link = join(root, 'node_modules/@acme/lib');
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join(root, 'packages/lib'), link);
}
