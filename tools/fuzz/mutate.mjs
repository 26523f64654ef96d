/**
 * A healthy workspace with one thing taken away: a statement of a built file, a file, a way through a manifest.
 *
 * @param {import('../bench/random.mjs').Random} random
 * @param {import('./workspace.mjs').Workspace} workspace
 * @returns {import('./workspace.mjs').Workspace}
 */
export function mutate(random, workspace) {
  const cuts = [
    ...workspace.modules.flatMap(({ path, chunks }) =>
      chunks.length > 1 ? chunks.map((chunk) => () => withoutChunk(workspace, path, chunk)) : [],
    ),
    ...workspace.modules.map(({ path }) => () => ({
      ...workspace,
      modules: workspace.modules.filter((module) => module.path !== path),
    })),
    ...workspace.manifests.flatMap(({ path, json }) =>
      keysIn(json.exports).map((way) => () => withoutKey(workspace, path, ['exports', ...way])),
    ),
  ];
  return { ...random.pick(cuts)(), mutant: true };
}

/** The workspace with only those probes that every oracle confirms. */
export function healthy(workspace, truths) {
  const probes = workspace.probes.filter(({ path }) =>
    Object.values(truths.get(path)).every(({ verdict }) => verdict === 'met'),
  );
  return { ...workspace, probes };
}

function keysIn(json, way = []) {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [];
  return Object.keys(json).flatMap((key) => [[...way, key], ...keysIn(json[key], [...way, key])]);
}

export function withoutChunk(workspace, path, chunk) {
  const modules = workspace.modules.map((module) =>
    module.path === path ? { ...module, chunks: module.chunks.filter((one) => one !== chunk) } : module,
  );
  return { ...workspace, modules };
}

export function withoutKey(workspace, path, way) {
  const manifests = workspace.manifests.map((manifest) =>
    manifest.path === path ? { path, json: cutKey(manifest.json, way) } : manifest,
  );
  return { ...workspace, manifests };
}

function cutKey(json, [key, ...rest]) {
  if (typeof json !== 'object' || json === null || !(key in json)) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => {
      if (name !== key) return [[name, value]];
      return rest.length === 0 ? [] : [[name, cutKey(value, rest)]];
    }),
  );
}
