import { hasCircle } from './has-circle.mjs';

/**
 * Differences that are known and have their sentence under "Blind spots" on a rule's page. Each is counted by its name.
 *
 * @type {readonly { name: string; page: string; covers(ask: { answer: import('./ask-engine.mjs').EngineAnswer; truth: { verdict: string; told?: string }; oracle: string; probe: import('./workspace.mjs').Probe; workspace: import('./workspace.mjs').Workspace }): boolean }[]}
 */
export const DECLARED_DIFFERENCES = [
  {
    name: "cycle: the oracle gives up on a name, or takes one, against ECMA-262's ResolveExport",
    page: 'ambiguous-export',
    covers({ answer, truth, oracle, workspace }) {
      if (!hasCircle(workspace)) return false;
      const told = truth.told ?? '';
      if (answer.verdict === 'met' && truth.verdict === 'unmet')
        return (
          told.includes('Detected cycle') || (oracle === 'esbuild' && told.startsWith('Ambiguous import'))
        );
      if (answer.verdict !== 'unmet' || truth.verdict !== 'met' || oracle !== 'node') return false;
      if (answer.why === 'broken-provider' || answer.why === 'broken-dependency')
        return answer.errors.every((kind) => kind === 'ambiguous-export');
      return answer.why === 'ambiguous-export';
    },
  },
  {
    name: 'type-only star: an alias that `export type *` passes on, TypeScript may keep in what it emits',
    page: 'missing-type-export',
    covers({ answer, truth, probe, workspace }) {
      if (probe.judge !== 'both' || answer.verdict !== 'met' || !truth.told || truth.told.startsWith('TS'))
        return false;
      return (
        hasChunk(workspace, /^export type \*/) &&
        hasChunk(workspace, /\bimport \w+ = |\bexport (type )?\{ \w+ as |\bexport type \* as /)
      );
    },
  },
  {
    name: 'without declarations: type demands go unjudged',
    page: 'untyped-entry-point',
    covers({ answer, truth, probe, workspace }) {
      const told = truth.told ?? '';
      const undeclared =
        /^TS(7016|2307)/.test(told) || (told === 'resolves to any' && lacksDeclarations(workspace));
      const unjudged =
        answer.kind === 'no-declarations' || (probe.judge === 'both' && answer.verdict === 'met');
      return unjudged && undeclared;
    },
  },
  {
    name: 'a `#name` that `imports` does not list, or lists for bundlers alone, is left to them',
    page: 'missing-module',
    covers({ answer, truth, workspace }) {
      const [, name] = /^Package import specifier "(#[^"]+)"/.exec(truth.told ?? '') ?? [];
      if (name === undefined || answer.verdict === 'unmet') return false;
      const { imports = {} } = workspace.manifests[0].json;
      const keys = Object.keys(imports);
      const listed = keys.some(
        (key) => key === name || (key.endsWith('*') && name.startsWith(key.slice(0, -1))),
      );
      return !listed || Object.keys(imports[name] ?? {}).includes('browser');
    },
  },
  {
    name: 'the module stands for a `default` that is required',
    page: 'missing-export',
    covers: ({ answer, truth, probe }) =>
      truth.told === 'undefined' &&
      truth.passedOn !== true &&
      !probe.linked &&
      probe.name === 'default' &&
      answer.verdict === 'met',
  },
  {
    name: 'CommonJS: a name that is set to `void 0`, and to nothing else, is there',
    page: 'missing-export',
    covers: ({ answer, truth, probe, workspace }) =>
      truth.told === 'undefined' &&
      answer.verdict === 'met' &&
      workspace.modules.some(({ chunks }) => {
        const some = (pattern) => chunks.some((chunk) => new RegExp(pattern).test(chunk));
        const given = `\\bexports\\.${probe.name} = `;
        return some(`${given}(exports\\.\\S+ = )*void 0`) && !some(`${given}(?!(exports\\.\\S+ = )*void 0)`);
      }),
  },
  {
    name: 'CommonJS: a `default` that a getter passes on through an interop helper counts as given',
    page: 'missing-export',
    covers: ({ answer, truth, probe, workspace }) =>
      truth.told === 'undefined' &&
      answer.verdict === 'met' &&
      probe.name === 'default' &&
      hasChunk(workspace, /"default", \{[^]*return \w+\.default/),
  },
  {
    name: 'declarations that export a name they do not declare: TypeScript takes it for any, and is silent',
    page: 'missing-type-export',
    covers: ({ answer, truth, probe, workspace }) =>
      answer.verdict === 'met' &&
      truth.told === 'resolves to any' &&
      hasChunk(workspace, new RegExp(`\\bexport (type )?\\{[^}]*\\b${probe.name}\\b[^}]*\\}(?! from)`)),
  },
  {
    name: 'CommonJS: a name that is given a value and then one that is not there counts as given',
    page: 'missing-export',
    covers: ({ answer, truth, probe, workspace }) =>
      truth.told === 'undefined' &&
      answer.verdict === 'met' &&
      workspace.modules.some(
        ({ chunks }) =>
          chunks.filter(
            (chunk) =>
              chunk.includes(`exports.${probe.name} = `) ||
              chunk.includes(`{ ${probe.name}: `) ||
              chunk.includes(`exports, "${probe.name}", {`),
          ).length > 1,
      ),
  },
  {
    name: 'members of an object that no declarations describe are not judged',
    page: 'missing-member',
    covers: ({ answer, truth, probe, workspace }) =>
      probe.inner !== undefined &&
      truth.told === 'undefined' &&
      answer.verdict === 'met' &&
      workspace.modules.some(({ chunks }) =>
        chunks.some((chunk) => chunk.includes(probe.name) && !chunk.includes('* as ')),
      ),
  },
  {
    name: 'CommonJS: unknown, as only bundlers and require see the name',
    page: 'opaque-exports',
    covers: ({ answer, truth }) =>
      answer.verdict === 'unknown' &&
      truth.verdict === 'unmet' &&
      /in a way that Node's lexer does not detect/.test(answer.reason ?? ''),
  },
  {
    name: 'CommonJS: unknown, as planted',
    page: 'opaque-exports',
    covers: ({ answer, workspace }) =>
      answer.verdict === 'unknown' &&
      answer.kind === 'opaque-exports' &&
      workspace.opaque === true &&
      hasChunk(workspace, /Object\.fromEntries/),
  },
];

function hasChunk({ modules }, pattern) {
  return modules.some(({ chunks }) => chunks.some((chunk) => pattern.test(chunk)));
}

/** Some JavaScript has no declarations beside it, while the package has some. */
function lacksDeclarations({ modules }) {
  const paths = new Set(modules.map(({ path }) => path));
  const isDeclared = (path) => paths.has(path.replace(/\.([cm]?)js$/, '.d.$1ts'));
  return (
    [...paths].some((path) => path.endsWith('.d.ts')) &&
    [...paths].some((path) => /\.[cm]?js$/.test(path) && !isDeclared(path))
  );
}
