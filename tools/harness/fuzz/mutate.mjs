/**
 * A healthy workspace with one thing removed: a statement of a built file, a file, or a key of a manifest.
 *
 * @param {import('../../bench/random.mjs').Random} random
 * @param {import('./workspace.mjs').Workspace} workspace
 * @returns {import('./workspace.mjs').Workspace}
 */
export function mutate(random, workspace) {
  const cuts = [
    ...workspace.modules.flatMap(({ path, chunks }) =>
      chunks.length > 1
        ? chunks
            .filter((chunk) => !isNeeded(chunk, chunks))
            .map((chunk) => () => withoutChunk(workspace, path, chunk))
        : [],
    ),
    ...workspace.modules.flatMap(({ path, chunks }) =>
      chunks.flatMap((chunk) =>
        withoutOneName(chunk).map((less) => () => withOtherChunk(workspace, path, { chunk, less })),
      ),
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

/**
 * Declares a name that other statements use. Without it the module throws. A list that only exports the name is different: the module
 * does not even link without the declaration, which the engine has to notice.
 */
function isNeeded(chunk, chunks) {
  const declared = [...chunk.matchAll(/^(?:var|let|const|(?:async )?function\*?|class|import) +([\w$]+)/gm)];
  if (/^(?:var|let|const) *[[{]/m.test(chunk)) return true;
  const users = chunks.filter((other) => other !== chunk && !/^export \{[^}]*\};?\s*$/.test(other));
  return declared.some(([, name]) => users.some((other) => other.includes(name)));
}

/** Copies of a statement that lists names, each without one of the names. */
function withoutOneName(chunk) {
  const [whole, head, list, tail] =
    /^((?:export(?: type)?|module\.exports =|0 && \(module\.exports =|__export\([\w$]+,) ?\{)([^{}]*)(\}[^]*)$/.exec(
      chunk,
    ) ?? [];
  const names = whole === undefined ? [] : list.split(',').filter((name) => name.trim() !== '');
  if (names.length < 2) return [];
  return names.map((name) => `${head}${names.filter((one) => one !== name).join(',')}${tail}`);
}

function withOtherChunk(workspace, path, { chunk, less }) {
  const modules = workspace.modules.map((module) =>
    module.path === path
      ? { ...module, chunks: module.chunks.map((one) => (one === chunk ? less : one)) }
      : module,
  );
  return { ...workspace, modules };
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

/** @param {any} json @param {readonly string[]} way */
function cutKey(json, [key, ...rest]) {
  if (typeof json !== 'object' || json === null || !(key in json)) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]) => {
      if (name !== key) return [[name, value]];
      return rest.length === 0 ? [] : [[name, cutKey(value, rest)]];
    }),
  );
}
