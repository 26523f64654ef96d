import { basename, extname } from 'node:path';
import { hasCircle } from './has-circle.mjs';
import { linkBySpecification } from './link-by-specification.mjs';

/**
 * Differences that are known and have their sentence under "What it cannot see" on a rule's page. Each is counted by its name. Each goes by
 * facts of the workspace or by what an oracle says when it is asked about them, never by what the engine says of itself alone: an
 * answer that is turned round must not fit any (`flip-answers.mjs` tells).
 *
 * @type {readonly { name: string; page: string; covers(ask: { answer: import('./ask-engine.mjs').EngineAnswer; truth: { verdict: string; told?: string }; oracle: string; probe: import('./workspace.mjs').Probe; workspace: import('./workspace.mjs').Workspace }): boolean }[]}
 */
export const DECLARED_DIFFERENCES = [
  {
    name: "cycle: the oracle gives up on a name, or takes one, against ECMA-262's ResolveExport",
    page: 'ambiguous-export',
    covers({ answer, truth, oracle, probe, workspace }) {
      if (truth.verdict === 'met' && oracle !== 'node') return false;
      if (truth.verdict === 'unmet' && !/^Detected cycle|^Ambiguous import/.test(truth.told)) return false;
      // TypeScript gives up on the name; what it makes of the probe may still ask for it.
      if (probe.judge === 'both' && answer.verdict === 'met' && truth.runtime !== 'met') return false;
      return hasCircle(workspace) && linkBySpecification(workspace).verdictOf(probe) === answer.verdict;
    },
  },
  {
    name: 'type-only star: an alias that `export type *` passes on, TypeScript may keep in what it emits',
    page: 'missing-type-export',
    covers({ answer, truth, probe, workspace }) {
      if (probe.judge !== 'both' || answer.verdict !== 'met' || truth.verdict !== 'unmet') return false;
      return declarationOf(workspace, probe)?.aliasBehindTypeStar === true;
    },
  },
  {
    name: 'without declarations: type demands go unjudged',
    page: 'untyped-entry-point',
    covers({ answer, truth, probe, workspace }) {
      // What runs is judged all the same; what is for types alone is unknown once there is a module that could have it.
      if (!truth.undeclared || truth.runtime !== 'met') return false;
      if (truth.told === 'resolves to any' && declarationOf(workspace, probe)?.kind !== 'unread')
        return false;
      return probe.judge === 'both' ? answer.verdict === 'met' : answer.kind === 'no-declarations';
    },
  },
  {
    name: 'declarations that export a name they do not declare: TypeScript takes it for any, and is silent',
    page: 'missing-type-export',
    covers: ({ answer, truth, probe, workspace }) =>
      answer.verdict === 'met' &&
      truth.told === 'resolves to any' &&
      declarationOf(workspace, probe)?.kind === 'undeclared',
  },
  {
    name: 'a `#name` that `imports` does not list, or lists for bundlers alone, is left to them',
    page: 'missing-module',
    covers({ answer, truth: { told, twins }, workspace }) {
      if (!twins?.bundledPoorly) return false;
      // What asks for Node's own modules is run by Node, which goes by the manifest alone.
      const [, specifier] = /"(#[^"]+)"/.exec(told);
      if (!isListed(workspace, specifier) && asksNode(workspace)) return false;
      const [poorly, richly] = [twins.bundledPoorly.verdict, twins.bundledRichly.verdict];
      if (poorly === richly) return answer.verdict === poorly;
      return answer.kind === 'unresolved-star';
    },
  },
  {
    name: 'CommonJS: a name that is set to `void 0`, and to nothing else, is there',
    page: 'missing-export',
    covers: ({ answer, truth }) => answer.verdict === 'met' && truth.twins?.given?.verdict === 'met',
  },
  {
    name: 'CommonJS: a name that is given twice, once from where it is not, counts as given',
    page: 'missing-export',
    covers: ({ answer, truth: { twins = {} } }) =>
      answer.verdict === 'met' &&
      Object.entries(twins).some(([twin, { verdict }]) => twin.startsWith('once') && verdict === 'met'),
  },
  {
    name: 'members of an object that no declarations describe are not judged',
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

/** A module that an entry point names asks for one of Node's own. */
function asksNode({ manifests, modules }) {
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
