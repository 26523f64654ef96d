import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { askEsbuild } from './ask-esbuild.mjs';
import { askNode } from './ask-node.mjs';
import { compare } from './compare.mjs';
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
    for (const [at, workspace] of workspaces.entries()) {
      judged.push({ ...compare(workspace, { engine: askEngine(roots[at]), truths: truths[at] }), truths: truths[at] });
      // The parser's native memory is given back between turns of the event loop only.
      await setImmediate();
    }
    return judged;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askOracles(roots, workspaces) {
  const truths = workspaces.map(({ probes }) => new Map(probes.map(({ path }) => [path, {}])));
  const asked = workspaces.flatMap((workspace, at) =>
    workspace.probes.map((probe) => ({ ...probe, workspace, root: roots[at], file: join(roots[at], probe.path), truth: truths[at].get(probe.path) })),
  );
  const byNode = asked.filter(({ judge }) => judge === 'node');
  const byEsbuild = byNode.filter(({ workspace, form }) => workspace.linkedByEsm && STATIC_FORMS.has(form));
  const [node, esbuild] = await Promise.all([askNode(byNode), askEsbuild(byEsbuild)]);
  for (const [at, probe] of byNode.entries()) probe.truth.node = node[at];
  for (const [at, probe] of byEsbuild.entries()) probe.truth.esbuild = esbuild[at];
  return truths;
}

/** What a bundler links, rather than leaves to the moment it runs. */
const STATIC_FORMS = new Set(['named', 'export-from', 'side-effect', 'namespace', 'star']);
