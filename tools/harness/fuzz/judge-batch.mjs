import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { askEsbuild } from './ask-esbuild.mjs';
import { askNode } from './ask-node.mjs';
import { askTypeScript } from './ask-typescript.mjs';
import { compare, findingsToConfirm } from './compare.mjs';
import { flipAnswers } from './flip-answers.mjs';
import { STATIC_FORMS } from './probes.mjs';
import { twinsFor } from './twins.mjs';
import { writeFiles } from './workspace.mjs';

/**
 * Writes workspaces to disk, asks the oracles about all of them at once and the engine about each, and compares.
 *
 * @param {(root: string) => import('./ask-engine.mjs').EngineVerdict} askEngine
 * @param {readonly import('./workspace.mjs').Workspace[]} workspaces
 * @returns {Promise<{ differences: import('./compare.mjs').Difference[]; tally: Record<string, number>; truths: Map<string, object> }[]>}
 */
export async function judgeBatch(askEngine, workspaces) {
  const folder = mkdtempSync(join(tmpdir(), 'verify-exports-fuzz-'));
  try {
    const roots = workspaces.map((_, at) => join(folder, `w${at}`));
    for (const [at, workspace] of workspaces.entries()) writeFiles(roots[at], workspace);
    const truths = await askOracles(roots, workspaces);
    const judged = [];
    const loads = [];
    for (const [at, workspace] of workspaces.entries()) {
      const engine = askEngine(roots[at]);
      const answers = { engine, truths: truths[at] };
      judged.push({
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
      // The parser's native memory is given back between turns of the event loop only.
      await setImmediate();
    }
    await confirm(judged, loads);
    return judged;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A finding that no oracle confirms is a difference. Declarations are not loaded: the probes tell what they lack. */
async function confirm(judged, loads) {
  const scripts = loads.filter(({ file }) => /\.[cm]?js$/.test(file));
  const answers = await askNode(scripts);
  for (const [index, { at, finding }] of scripts.entries()) {
    const { tally, differences } = judged[at];
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

async function askOracles(roots, workspaces) {
  const truths = workspaces.map(({ probes }) => new Map(probes.map(({ path }) => [path, {}])));
  const asked = workspaces.flatMap((workspace, at) =>
    workspace.probes.map((probe) => ({
      ...probe,
      workspace,
      root: roots[at],
      file: join(roots[at], probe.path),
      truth: truths[at].get(probe.path),
    })),
  );
  const byNode = asked.filter(({ judge }) => judge === 'node');
  const byEsbuild = byNode.filter(({ workspace, form }) => workspace.linkedByEsm && STATIC_FORMS.has(form));
  const byTypeScript = asked.filter(({ judge }) => judge !== 'node');
  const typescript = askTypeScript(byTypeScript);
  const emitted = [];
  for (const [at, probe] of byTypeScript.entries()) {
    const { emitted: file, ...truth } = typescript[at];
    probe.truth.typescript = truth;
    // Where TypeScript has no word on the name, Node still has one on what runs.
    const gaveUp = truth.undeclared === true || truth.circular === true;
    if (file !== undefined) emitted.push({ ...probe, file, check: 'loads', gaveUp });
    else if (truth.undeclared) emitted.push({ ...probe, check: 'resolves', gaveUp });
  }
  const [node, esbuild] = await Promise.all([askNode([...byNode, ...emitted]), askEsbuild(byEsbuild)]);
  for (const [at, { truth, gaveUp }] of emitted.entries()) {
    const told = node[byNode.length + at];
    // Asked of TypeScript and of Node: the name has to be there for both, as far as what TypeScript emits still asks for it.
    truth.typescript = gaveUp ? { ...truth.typescript, runtime: told.verdict } : told;
  }
  for (const [at, probe] of byNode.entries()) probe.truth.node = node[at];
  for (const [at, probe] of byEsbuild.entries()) probe.truth.esbuild = esbuild[at];
  await askTwins([
    ...byNode.map((probe) => ({ probe, truth: probe.truth.node })),
    ...emitted.filter(({ gaveUp }) => !gaveUp).map((probe) => ({ probe, truth: probe.truth.typescript })),
  ]);
  return truths;
}

/** Asks Node of the twins, and notes under each one's name what it says. */
async function askTwins(asked) {
  const twins = asked.flatMap(({ probe, truth }, at) =>
    twinsFor(probe.workspace, bare(probe), truth).map(({ twin, workspace }) => {
      const root = `${probe.root}-${at}-${twin}`;
      writeFiles(root, workspace);
      const file = join(root, relative(probe.root, probe.file));
      // What TypeScript emitted for the probe is no file of the workspace.
      if (probe.judge === 'both') {
        mkdirSync(dirname(file), { recursive: true });
        copyFileSync(probe.file, file);
      }
      return { ...probe, truth, twin, root, file };
    }),
  );
  const answers = await askNode(twins);
  for (const [at, { truth, twin }] of twins.entries()) truth.twins = { ...truth.twins, [twin]: answers[at] };
}

/** As it stands in its workspace. */
function bare({ workspace, path }) {
  return workspace.probes.find((probe) => probe.path === path);
}
