import type { DeclaredGap } from '../../model/declared-gap.js';
import { defineRule } from '../define-rule.js';
import { unmetDemands } from '../unmet-demands.js';
import { entryEvidence, listed } from '../words.js';

interface Data {
  readonly specifierOf: (subpath: string) => string;
  readonly gap: DeclaredGap;
}

export const declaredNotExported = defineRule<Data>({
  code: 'VE108',
  name: 'declared-not-exported',
  reference: 'https://www.typescriptlang.org/docs/handbook/declaration-files/introduction.html',
  since: '0.1.0',
  severity: 'error',
  title: 'The declarations of an entry point promise a value that its JavaScript does not export.',

  find(facts) {
    const { own } = facts;
    if (!own.publication.published) return [];
    // If the workspace imports a name, missing-export reports it.
    const reported = new Set(
      unmetDemands(facts, 'missing-export').flatMap(({ demands: [{ provider, name }] }) =>
        provider === own.project && name !== undefined ? name : [],
      ),
    );
    // A name for browsers alone works if the workspace imports it for browsers.
    const works = new Set(
      facts.answers.flatMap(({ verdict, demand: { provider, name, forBrowsers } }) =>
        verdict === 'met' && forBrowsers && provider === own.project && name !== undefined ? name : [],
      ),
    );
    return facts.declaredGaps.flatMap((gap) => {
      const names = gap.names.filter(
        ({ name }) =>
          !reported.has(name) &&
          !(gap.onBrowsers && works.has(name)) &&
          !facts.lookUp.explain.declarationOf(own, name)?.ambient,
      );
      const [first] = names;
      if (!first) return [];
      const [{ runtime, browser, condition }] = gap.variants;
      const specifierOf = (subpath: string): string =>
        subpath === '.' ? (own.name ?? own.project) : `${own.name ?? own.project}${subpath.slice(1)}`;
      return {
        identity: [own.project, runtime.file, ...names.map(({ name }) => name).toSorted()],
        hits: names.map(({ declared }) => ({ project: own.project, place: declared })),
        provider: {
          package: own.name ?? own.project,
          entryPoint: runtime.subpath,
          conditions: runtime.conditions,
          file: runtime.file,
        },
        ...(names.length === 1 ? { name: first.name } : {}),
        // Nothing in this workspace shows that the other runtime loads it.
        ...(gap.onBrowsers || condition !== undefined || (browser && !facts.forBrowsers)
          ? { atMost: 'warning' as const }
          : {}),
        data: { specifierOf, gap: { ...gap, names } },
      };
    });
  },

  describe({ specifierOf, gap: { names, variants, exportedBy } }) {
    const [{ runtime, types, by, browser, condition }] = variants;
    const quoted = names.map(({ name }) => `"${name}"`);
    const is = names.length === 1 ? 'is' : 'are';
    const it = names.length === 1 ? 'it' : 'them';
    const runtimes = [...new Map(variants.map((each) => [each.runtime.file, each.runtime])).values()];
    const files = runtimes.map(({ file }) => file);
    const how =
      condition !== undefined
        ? ` under the condition "${condition}"`
        : browser
          ? ' for browsers'
          : by === 'require'
            ? ' for require'
            : '';
    return {
      message: `${listed(quoted)} ${is} declared by "${specifierOf(runtime.subpath)}", but its JavaScript${how} does not export ${it}.`,
      evidence: [
        { ...entryEvidence(types), role: 'types' },
        ...runtimes.map((each) => ({ ...entryEvidence(each), role: 'runtime' as const })),
        ...(exportedBy ? [{ ...entryEvidence(exportedBy), role: 'exports' as const }] : []),
      ],
      fix: {
        title: exportedBy
          ? `export ${it} from ${files.join(' and ')} as well, or give that variant declarations of its own`
          : `make the build export ${it} from ${files.join(' and ')}, or remove ${it} from the declarations`,
        edits: [],
      },
    };
  },
});
