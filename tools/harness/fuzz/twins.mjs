import { withoutChunk } from './mutate.mjs';
import { spelled } from './probes.mjs';

/**
 * Twins of a workspace, in which the assumed reason of a declared difference is fixed. The result of an oracle for a twin shows whether
 * that reason is the only one.
 *
 * @typedef {{ twin: string; workspace: import('./workspace.mjs').Workspace }} Twin
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {import('./workspace.mjs').Probe} probe
 * @param {{ verdict: string; observed?: string }} truth what Node says
 * @returns {Twin[]}
 */
export function twinsFor(workspace, probe, truth) {
  const twins = [];
  const add = (twin, made) => twins.push({ twin, workspace: { ...made, probes: [probe] } });
  if (truth.verdict === 'unmet' && truth.observed?.startsWith('Package import specifier "#')) {
    add('bundledPoorly', servedByBundlers(workspace, []));
    add('bundledRichly', servedByBundlers(workspace, [...namesRequestedIn(workspace), probe.name ?? '']));
  }
  if (workspace.opaque) {
    add('empty', withOpaque(workspace, 'module.exports = {};'));
    const names = probe.name === undefined ? '' : `${quoted(probe.name)}: opaque`;
    add('full', withOpaque(workspace, `const opaque = 1;\nmodule.exports = { ${names} };`));
  }
  if (truth.observed === 'undefined' && probe.name !== undefined) {
    const given = withEach(
      workspace,
      (chunk) => chunk.replace(/\bvoid 0;/g, '"given";'),
      /\bexports(\.\S+|\[[^\]]+\]) = void 0/,
    );
    if (given) add('given', given);
    for (const [at, less] of withoutOneGiving(workspace, probe.name).entries()) add(`once${at}`, less);
  }
  return twins;
}

/** The names that modules import from each other, because `export *` may pass them on from a `#name`. */
function namesRequestedIn({ modules }) {
  const text = modules.map(({ chunks }) => chunks.join('\n')).join('\n');
  return [...text.matchAll(/\{([^}]*)\} from /g)].flatMap(([, names]) =>
    names.split(',').map((name) => name.trim().split(' ')[0]),
  );
}

/** Lists the `#names` that only bundlers resolve: each is a module with the imported names, and `more`. */
function servedByBundlers(workspace, more) {
  const text = workspace.modules.map(({ chunks }) => chunks.join('\n')).join('\n');
  const [manifest, ...others] = workspace.manifests;
  const { imports = {} } = manifest.json;
  const served = { ...imports };
  const requested = new Map();
  for (const [, names = '', specifier] of text.matchAll(/(?:\{([^}]*)\} from )?["'](#[\w/]+)["']/g)) {
    const way = Object.keys(imports).find(
      (key) => key === specifier || (key.endsWith('*') && specifier.startsWith(key.slice(0, -1))),
    );
    if (way !== undefined && (!imports[way]?.browser || imports[way].default)) continue;
    if (!requested.has(specifier)) requested.set(specifier, new Set(more));
    for (const name of names.split(',')) requested.get(specifier).add(name.trim().split(' ')[0]);
  }
  const stubs = [...requested].map(([specifier, names], at) => {
    served[specifier] = `./stub${at}.mjs`;
    names.delete('');
    const exported = [...names].map((name) => `export { served as ${spelled(name)} };`);
    return {
      path: manifest.path.replace('package.json', `stub${at}.mjs`),
      chunks: ['const served = 1;', ...exported],
    };
  });
  return {
    ...workspace,
    modules: [...workspace.modules, ...stubs],
    manifests: [{ ...manifest, json: { ...manifest.json, imports: served } }, ...others],
  };
}

function withOpaque(workspace, text) {
  return withEach(workspace, () => text, /Object\.fromEntries/) ?? workspace;
}

/** If a module exports a name more than once: copies, each without one of these statements. A statement that copies all names counts. */
function withoutOneGiving(workspace, name) {
  const gives = (chunk) =>
    [
      `exports.${name} = `,
      `exports[${JSON.stringify(name)}] = `,
      `exports, "${name}", {`,
      `{ ${name}: `,
    ].some((text) => chunk.includes(text)) ||
    (/exports\[method\] = /.test(chunk) && chunk.includes(`'${name}'`));
  const copies = (chunk) =>
    /Object\.assign\((?:module\.)?exports, require\(|_?_export_?[sS]tar\(require\(|__reExport\(/.test(chunk);
  return workspace.modules.flatMap(({ path, chunks }) => {
    const giving = chunks.some(gives) ? chunks.filter((chunk) => gives(chunk) || copies(chunk)) : [];
    return giving.length < 2 ? [] : giving.map((chunk) => withoutChunk(workspace, path, chunk));
  });
}

/** Undefined if no statement matches. */
function withEach(workspace, change, pattern) {
  if (!workspace.modules.some(({ chunks }) => chunks.some((chunk) => pattern.test(chunk)))) return undefined;
  const modules = workspace.modules.map(({ path, chunks }) => ({
    path,
    chunks: chunks.map((chunk) => (pattern.test(chunk) ? change(chunk) : chunk)),
  }));
  return { ...workspace, modules };
}

function quoted(name) {
  return spelled(name) === name ? JSON.stringify(name) : spelled(name);
}
