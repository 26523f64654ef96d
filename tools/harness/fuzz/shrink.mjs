import { withoutChunk, withoutKey } from './mutate.mjs';

/**
 * Shrinks a workspace as long as it still has the difference: fewer probes, files, statements, manifest fields.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {(candidates: readonly import('./workspace.mjs').Workspace[]) => Promise<boolean[]>} stillFails
 */
export async function shrink(workspace, stillFails) {
  let best = workspace;
  for (let smaller = true; smaller;) {
    smaller = false;
    const candidates = reductions(best);
    const verdicts = await stillFails(candidates);
    const failing = candidates.filter((_, at) => verdicts[at]);
    if (failing.length === 0) break;
    // Often many of the cuts can be made at once.
    const all = failing.map(({ cut }) => cut).reduce((made, cut) => cut(made), best);
    const [together] = failing.length > 1 ? await stillFails([all]) : [false];
    best = together ? all : strip(failing[0]);
    smaller = true;
  }
  return best;
}

function strip(candidate) {
  const workspace = { ...candidate };
  delete workspace.cut;
  return workspace;
}

/** All workspaces that differ from this one in one thing. */
function reductions(workspace) {
  const cuts = [
    ...workspace.probes.map(({ path }) => (from) => ({
      ...from,
      probes: from.probes.filter((probe) => probe.path !== path),
    })),
    ...workspace.modules.map(({ path }) => (from) => ({
      ...from,
      modules: from.modules.filter((module) => module.path !== path),
    })),
    ...workspace.modules.flatMap(({ path, chunks }) =>
      chunks.map((chunk) => (from) => withoutChunk(from, path, chunk)),
    ),
    ...workspace.manifests.flatMap(({ path, json }) =>
      keysIn(json).map((way) => (from) => withoutKey(from, path, way)),
    ),
  ];
  return cuts.map((cut) => ({ ...cut(workspace), cut }));
}

const KEPT = new Set(['name', 'private', 'type', 'dependencies']);

function keysIn(json, way = []) {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [];
  return Object.keys(json).flatMap((key) =>
    way.length === 0 && KEPT.has(key) ? [] : [[...way, key], ...keysIn(json[key], [...way, key])],
  );
}
