import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { askEsbuild } from './ask-esbuild.mjs';
import { askNode } from './ask-node.mjs';
import { askTypeScript } from './ask-typescript.mjs';
import { compare, findingsToConfirm } from './compare.mjs';
import { STATIC_FORMS } from './probes.mjs';
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
      judged.push({ ...compare(workspace, { engine, truths: truths[at] }), truths: truths[at] });
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
  const emitted = byTypeScript.flatMap((probe, at) => {
    const { verdict, told, emitted: file } = typescript[at];
    probe.truth.typescript = { verdict, told };
    return file === undefined ? [] : [{ ...probe, file, check: 'loads' }];
  });
  const [node, esbuild] = await Promise.all([askNode([...byNode, ...emitted]), askEsbuild(byEsbuild)]);
  // Asked of TypeScript and of Node: the name has to be there for both, as far as what TypeScript emits still asks for it.
  for (const [at, probe] of emitted.entries()) probe.truth.typescript = node[byNode.length + at];
  for (const [at, probe] of byNode.entries()) probe.truth.node = node[at];
  for (const [at, probe] of byEsbuild.entries()) probe.truth.esbuild = esbuild[at];
  return truths;
}
