import { basename, extname } from 'node:path';
import { hasCircle } from './has-circle.mjs';
import { linkBySpecification } from './link-by-specification.mjs';

/**
 * Differences that are known and have their sentence under "What it cannot see" on a rule's page. Each is counted by its name. Each
 * depends on facts of the workspace or on the results of oracles, never only on what the engine reports about itself: an inverted
 * answer must not match any difference (`flip-answers.mjs` tests this).
 *
 * @type {readonly { name: string; page: string; covers(ask: { answer: import('./open-engine.mjs').EngineAnswer; truth: import('./workspace.mjs').Truth; oracle: string; probe: import('./workspace.mjs').Probe; workspace: import('./workspace.mjs').Workspace }): boolean }[]}
 */
export const DECLARED_DIFFERENCES = [
  {
    name: "cycle: the oracle rejects or accepts a name, unlike ECMA-262's ResolveExport",
    page: 'ambiguous-export',
    covers({ answer, truth, oracle, probe, workspace }) {
      if (truth.verdict === 'met' && oracle !== 'node') return false;
      if (truth.verdict === 'unmet' && !/^Detected cycle|^Ambiguous import/.test(truth.observed ?? ''))
        return false;
      // TypeScript rejects the name, but the code that it emits for the probe may still import it.
      if (probe.checkedBy === 'both' && answer.verdict === 'met' && truth.runtime !== 'met') return false;
      return hasCircle(workspace) && linkBySpecification(workspace).verdictOf(probe) === answer.verdict;
    },
  },
  {
    name: 'type-only star: TypeScript may emit the import of an alias that `export type *` exports',
    page: 'missing-type-export',
    covers({ answer, truth, probe, workspace }) {
      if (probe.checkedBy !== 'both' || answer.verdict !== 'met' || truth.verdict !== 'unmet') return false;
      return declarationOf(workspace, probe)?.aliasBehindTypeStar === true;
    },
  },
  {
    name: 'without declarations: type imports are not checked',
    page: 'untyped-entry-point',
    covers({ answer, truth, probe, workspace }) {
      // Runtime imports are still checked. A type import is unknown if a module exists that could have the type.
      if (!truth.undeclared || truth.runtime !== 'met') return false;
      if (truth.observed === 'resolves to any' && declarationOf(workspace, probe)?.kind !== 'unread')
        return false;
      return probe.checkedBy === 'both' ? answer.verdict === 'met' : answer.kind === 'no-declarations';
    },
  },
  {
    name: 'declarations that export a name they do not declare: TypeScript silently uses `any`',
    page: 'missing-type-export',
    covers: ({ answer, truth, probe, workspace }) =>
      answer.verdict === 'met' &&
      truth.observed === 'resolves to any' &&
      declarationOf(workspace, probe)?.kind === 'undeclared',
  },
  {
    name: 'a `#name` that `imports` does not list, or lists for bundlers alone, is left to bundlers',
    page: 'missing-module',
    covers({ answer, truth: { observed, twins }, workspace }) {
      if (!twins?.bundledPoorly) return false;
      // A module that imports Node's built-in modules runs in Node, which uses only the manifest.
      const [, specifier = ''] = /"(#[^"]+)"/.exec(observed ?? '') ?? [];
      if (!isListed(workspace, specifier) && importsBuiltIn(workspace)) return false;
      const [poorly, richly] = [twins.bundledPoorly.verdict, twins.bundledRichly.verdict];
      if (poorly === richly) return answer.verdict === poorly;
      return answer.kind === 'unresolved-star';
    },
  },
  {
    name: 'CommonJS: a name that is set to `void 0`, and to nothing else, counts as existing',
    page: 'missing-export',
    covers: ({ answer, truth }) => answer.verdict === 'met' && truth.twins?.given?.verdict === 'met',
  },
  {
    name: 'CommonJS: a name that is given twice, once from a module without it, counts as existing',
    page: 'missing-export',
    covers: ({ answer, truth: { twins = {} } }) =>
      answer.verdict === 'met' &&
      Object.entries(twins).some(([twin, { verdict }]) => twin.startsWith('once') && verdict === 'met'),
  },
  {
    name: 'members of an object that no declarations describe are not checked',
    page: 'missing-member',
    covers: ({ answer, truth }) =>
      answer.verdict === 'met' && truth.holder !== undefined && truth.holder !== 'module',
  },
  {
    name: 'CommonJS: unknown, as only bundlers and require see the name',
    page: 'opaque-exports',
    covers: ({ answer, truth, probe }) =>
      answer.kind === 'undetected-by-node' && probe.linked && truth.inRequire === true,
  },
  {
    name: 'CommonJS: unknown, as planted',
    page: 'opaque-exports',
    covers({ answer, truth: { twins } }) {
      if (answer.kind !== 'opaque-exports' || !twins?.empty) return false;
      /** @param {import('./workspace.mjs').Truth} truth */
      const isThere = ({ verdict, inRequire }) => verdict === 'met' || inRequire === true;
      return isThere(twins.empty) !== isThere(twins.full);
    },
  },
];

function isListed({ manifests }, specifier) {
  return Object.keys(manifests[0].json.imports ?? {}).some(
    (key) => key === specifier || (key.endsWith('*') && specifier.startsWith(key.slice(0, -1))),
  );
}

/** Whether a module that is an entry point imports a built-in module of Node. */
function importsBuiltIn({ manifests, modules }) {
  const exports = JSON.stringify(manifests[0].json.exports);
  return modules.some(({ path, chunks }) => {
    const wildcard = `/*${extname(path)}"`;
    const isEntry = exports.includes(`/${basename(path)}"`) || exports.includes(wildcard);
    return isEntry && chunks.some((chunk) => chunk.includes("'node:"));
  });
}

function declarationOf(workspace, probe) {
  return linkBySpecification(workspace).declarationOf(probe);
}
