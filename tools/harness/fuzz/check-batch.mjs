import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkWithEsbuild } from './check-with-esbuild.mjs';
import { checkWithNode } from './check-with-node.mjs';
import { checkWithTypeScript } from './check-with-typescript.mjs';
import { compare, findingsToConfirm } from './compare.mjs';
import { flipAnswers } from './flip-answers.mjs';
import { STATIC_FORMS } from './probes.mjs';
import { twinsFor } from './twins.mjs';
import { writeFiles } from './workspace.mjs';

/**
 * Writes workspaces to disk, checks all of them with the oracles at once and each one with the engine, and compares the results.
 *
 * @param {(root: string) => import('./open-engine.mjs').EngineResult} checkWithEngine
 * @param {readonly import('./workspace.mjs').Workspace[]} workspaces
 * @returns {Promise<{ differences: import('./compare.mjs').Difference[]; tally: Record<string, number>; truths: Map<string, Record<string, import('./workspace.mjs').Truth>>; flips: import('./flip-answers.mjs').Flip[] }[]>}
 */
export async function checkBatch(checkWithEngine, workspaces) {
  const folder = mkdtempSync(join(tmpdir(), 'verify-exports-fuzz-'));
  try {
    const roots = workspaces.map((_, at) => join(folder, `w${at}`));
    for (const [at, workspace] of workspaces.entries()) writeFiles(roots[at], workspace);
    const truths = await runOracles(roots, workspaces);
    const checked = [];
    const loads = [];
    for (const [at, workspace] of workspaces.entries()) {
      const engine = checkWithEngine(roots[at]);
      const answers = { engine, truths: truths[at] };
      checked.push({
        ...compare(workspace, answers),
        truths: truths[at],
        flips: flipAnswers(workspace, answers),
      });
      for (const { file, finding } of findingsToConfirm(workspace, engine)) {
        loads.push({
          at,
          finding,
          root: roots[at],
          file: join(roots[at], file),
          mode: 'import',
          check: 'loads',
        });
      }
      // The parser releases its native memory only between turns of the event loop.
      await setImmediate();
    }
    await confirm(checked, loads);
    return checked;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding that no oracle confirms is a difference. Declarations are not loaded: the probes test their names. */
async function confirm(checked, loads) {
  const scripts = loads.filter(({ file }) => /\.[cm]?js$/.test(file));
  const answers = await checkWithNode(scripts);
  for (const [index, { at, finding }] of scripts.entries()) {
    const { tally, differences } = checked[at];
    if (answers[index].verdict !== 'met')
      tally['findings confirmed'] = (tally['findings confirmed'] ?? 0) + 1;
    else
      differences.push({
        kind: 'unconfirmed',
        oracle: 'node: loads',
        engine: `${finding.rule}: ${finding.message}`,
      });
  }
}

async function runOracles(roots, workspaces) {
  const truths = workspaces.map(({ probes }) => new Map(probes.map(({ path }) => [path, {}])));
  const requested = workspaces.flatMap((workspace, at) =>
    workspace.probes.map((probe) => ({
      ...probe,
      workspace,
      root: roots[at],
      file: join(roots[at], probe.path),
      truth: truths[at].get(probe.path),
    })),
  );
  const byNode = requested.filter(({ checkedBy }) => checkedBy === 'node');
  const byEsbuild = byNode.filter(({ workspace, form }) => workspace.linkedByEsm && STATIC_FORMS.has(form));
  const byTypeScript = requested.filter(({ checkedBy }) => checkedBy !== 'node');
  const typescript = checkWithTypeScript(byTypeScript);
  const emitted = [];
  for (const [at, probe] of byTypeScript.entries()) {
    const { emitted: file, ...truth } = typescript[at];
    probe.truth.typescript = truth;
    // If TypeScript cannot check the name, Node still can check the code that runs.
    const gaveUp = truth.undeclared === true || truth.circular === true;
    if (file !== undefined) emitted.push({ ...probe, file, check: 'loads', gaveUp });
    else if (truth.undeclared) emitted.push({ ...probe, check: 'resolves', gaveUp });
  }
  const [node, esbuild] = await Promise.all([
    checkWithNode([...byNode, ...emitted]),
    checkWithEsbuild(byEsbuild),
  ]);
  for (const [at, { truth, gaveUp }] of emitted.entries()) {
    const observed = node[byNode.length + at];
    // Checked by TypeScript and Node: the name must exist for both, if the emitted code still imports it.
    truth.typescript = gaveUp ? { ...truth.typescript, runtime: observed.verdict } : observed;
  }
  for (const [at, probe] of byNode.entries()) probe.truth.node = node[at];
  for (const [at, probe] of byEsbuild.entries()) probe.truth.esbuild = esbuild[at];
  await checkTwins([
    ...byNode.map((probe) => ({ probe, truth: probe.truth.node })),
    ...emitted.filter(({ gaveUp }) => !gaveUp).map((probe) => ({ probe, truth: probe.truth.typescript })),
  ]);
  return truths;
}

/** Checks the twins with Node and adds the results to the truth, by name. */
async function checkTwins(requested) {
  const twins = requested.flatMap(({ probe, truth }, at) =>
    twinsFor(probe.workspace, bare(probe), truth).map(({ twin, workspace }) => {
      const root = `${probe.root}-${at}-${twin}`;
      writeFiles(root, workspace);
      const file = join(root, relative(probe.root, probe.file));
      // The file that TypeScript emitted for the probe is not part of the workspace.
      if (probe.checkedBy === 'both') {
        mkdirSync(dirname(file), { recursive: true });
        copyFileSync(probe.file, file);
      }
      return { ...probe, truth, twin, root, file };
    }),
  );
  const answers = await checkWithNode(twins);
  for (const [at, { truth, twin }] of twins.entries()) truth.twins = { ...truth.twins, [twin]: answers[at] };
}

/** The probe as it is in its workspace. */
function bare({ workspace, path }) {
  return workspace.probes.find((probe) => probe.path === path);
}
