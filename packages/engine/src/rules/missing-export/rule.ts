import type { Demand, EntryPlace, LinkError } from '../../model/demand.js';
import type { FixIdea } from '../../model/fix-idea.js';
import type { MissingPromise } from '../../model/missing-promise.js';
import type { SourceDeclaration } from '../../model/source-declaration.js';
import type { WorkspacePackage } from '../../model/workspace.js';
import { brokenProviders, linkBreakage } from '../broken-output.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, LookUp, RuleFacts } from '../define-rule.js';
import { oneForEachCause } from '../one-cause.js';
import { loserOf, nameBreakage } from '../lost-names.js';
import type { UnmetName } from '../lost-names.js';
import { unmetDemands } from '../unmet-demands.js';
import { entryEvidence, offersEvidence, verbOf } from '../words.js';

type Data =
  | ({ readonly kind: 'demand' } & UnmetName)
  | { readonly kind: 'getter'; readonly name: string; readonly isUndefined: boolean }
  | { readonly kind: 'link'; readonly error: Extract<LinkError, { readonly kind: 'missing-export' }> }
  | { readonly kind: 'promise'; readonly own: WorkspacePackage; readonly promise: MissingPromise };

export const missingExport = defineRule<Data>({
  code: 'VE201',
  name: 'missing-export',
  reference: 'https://tc39.es/ecma262/#sec-resolveexport',
  since: '0.1.0',
  severity: 'error',
  title: 'An imported name is not exported by the built entry point.',

  find: (facts) => [
    ...oneForEachCause(
      unmetDemands(facts, 'missing-export').map((group) =>
        nameBreakage<'missing-export', Data>(facts, group, (unmet) => ({ kind: 'demand', ...unmet })),
      ),
    ),
    ...oneForEachCause(
      brokenProviders(facts, 'missing-export').map((broken) =>
        linkBreakage<Data>(facts, broken, [broken.error.target, broken.error.name], {
          kind: 'link',
          error: broken.error,
        }),
      ),
    ),
    ...throwingGetters(facts),
    ...promiseBreakages(facts),
  ],

  describe(data, lookUp) {
    if (data.kind === 'getter') return ofGetter(data.name, data.isUndefined);
    if (data.kind === 'demand') return ofDemand(data, lookUp);
    return data.kind === 'link' ? ofLink(data.error) : ofPromise(data, lookUp);
  },
});

/** Names that the option `mustExport` lists, unless an import in the workspace reports the same loss. */
function promiseBreakages(facts: RuleFacts): readonly Breakage<Data>[] {
  const { own } = facts;
  const reported = new Set(
    unmetDemands(facts, 'missing-export').flatMap(({ demands: [{ provider, subpath, name }] }) =>
      provider === own.project ? `${subpath}#${name}` : [],
    ),
  );
  return facts.missingPromises
    .filter(({ subpath, name }) => !reported.has(`${subpath}#${name}`))
    .map((promise) => {
      const { subpath, name, entry } = promise;
      const manifest = own.published ?? own.source;
      const place = entry?.place ?? { file: manifest?.file ?? own.root, start: 0, end: 0 };
      return {
        identity: [own.project, subpath, name],
        hits: [{ project: own.project, place }],
        provider: {
          package: own.name ?? own.project,
          entryPoint: subpath,
          conditions: entry?.conditions ?? [],
          ...(entry && { file: entry.file }),
        },
        name,
        data: { kind: 'promise' as const, own, promise },
      };
    });
}

function ofPromise(
  { own, promise: { subpath, name, entry, mode, offers } }: Extract<Data, { readonly kind: 'promise' }>,
  lookUp: LookUp,
): Description {
  const specifier = `${own.name ?? own.project}${subpath.slice(1)}`;
  if (!entry) {
    return {
      message: `"${specifier}" must export "${name}" (option \`mustExport\`), but no import of it resolves.`,
      evidence: [],
    };
  }
  const declaration = name === 'default' ? undefined : lookUp.explain.declarationOf(own, name);
  const fix =
    name === 'default'
      ? lookUp.fixes.defaultExport(own, entry.file)
      : declaration && lookUp.fixes.reexport(own, entry.file, name);
  return {
    message: `"${specifier}" must export "${name}" (option \`mustExport\`), but its built entry point does not export it for \`${mode}\`.`,
    evidence: [
      entryEvidence(entry),
      ...offersEvidence(name, offers).filter(({ role }) => !declaration || role !== 'similar'),
      ...(declaration ? [{ role: 'declared' as const, text: '', place: declaration.place }] : []),
    ],
    ...(fix ? { fix } : {}),
  };
}

/** If the workspace imports the name, or declarations promise it, that finding is enough. */
function throwingGetters({
  own,
  answers,
  declaredGaps,
  throwingExports,
}: RuleFacts): readonly Breakage<Data>[] {
  const reported = new Set([
    ...declaredGaps.flatMap(({ names }) => names.map(({ name }) => name)),
    ...answers.flatMap(({ verdict, demand }) =>
      verdict === 'unmet' && demand.provider === own.project && demand.name !== undefined ? demand.name : [],
    ),
  ]);
  return throwingExports
    .filter(({ name }) => !reported.has(name))
    .map(({ name, place, isUndefined = false }) => ({
      identity: [own.project, place.file, name],
      hits: [{ project: own.project, place }],
      provider: { package: own.name ?? own.project, entryPoint: '.', conditions: [], file: place.file },
      name,
      ...(isUndefined && { atMost: 'warning' as const }),
      data: { kind: 'getter', name, isUndefined },
    }));
}

function ofGetter(name: string, isUndefined: boolean): Description {
  if (isUndefined)
    return {
      message: `"${name}" is exported in built output, but what it is read from does not have it, so "${name}" is undefined.`,
      evidence: [],
      fix: { title: `rebuild, or remove \`${name}\` from the exports in the source`, edits: [] },
    };
  return {
    message: `"${name}" is exported in built output, but its getter reads a variable that the file does not declare, so every use of "${name}" fails.`,
    evidence: [],
    fix: { title: `rebuild, or remove \`${name}\` from the exports in the source`, edits: [] },
  };
}

function ofDemand(unmet: UnmetName, lookUp: LookUp): Description {
  const { demand } = unmet;
  const name = demand.name!;
  const { provider, served, from, evidence: through } = loserOf(unmet, lookUp);
  const what = name === 'default' ? 'A default export' : `"${name}"`;
  const declaration = name === 'default' ? undefined : lookUp.explain.declarationOf(provider, name);
  const others = declaration || name === 'default' ? [] : lookUp.packages.otherProvidersOf(name, provider);
  const offers = offersEvidence(name, served.offers);
  // If the sources or another package have exactly this name, similar names do not help.
  const shown = declaration || others.length > 0 ? offers.filter(({ role }) => role !== 'similar') : offers;
  const evidence: EvidenceAt[] = [...through, entryEvidence(served.entry), ...shown];
  if (declaration) evidence.push({ role: 'declared', text: '', place: declaration.place });
  if (others.length > 0) evidence.push({ role: 'offered', text: `by ${others.join(', ')}` });
  const other = lookUp.packages.variantWith(provider, served.entry, name);
  if (other) evidence.push({ ...entryEvidence(other), role: 'offered' });
  const fix =
    (name === 'default'
      ? lookUp.fixes.defaultExport(provider, served.entry.file)
      : declaration &&
        (typeFix(demand, declaration) ?? lookUp.fixes.reexport(provider, served.entry.file, name))) ??
    (other && inEachVariant(name, served.entry, other));
  if (served.lost) evidence.push({ role: 'undefined', text: '', place: served.lost });
  const lacking = served.lost ? 'exports it without a value' : 'does not export it';
  return {
    message: `${what} is ${verbOf(demand)} from "${demand.specifier}", but ${from === undefined ? 'its built entry point' : `the built entry point of "${from}"`} ${lacking}.`,
    evidence,
    ...(fix ? { fix } : {}),
  };
}

/** One variant of the entry point has the name already. */
function inEachVariant(name: string, { file }: EntryPlace, other: EntryPlace): FixIdea {
  const what = name === 'default' ? 'a default' : `\`${name}\``;
  return { title: `make the build export ${what} from ${file} as well, as ${other.file} does`, edits: [] };
}

/**
 * A type has no value at run time. Built output imports it only if the compiler did not know that
 * it is a type.
 */
function typeFix({ origin, name, place }: Demand, { kind }: SourceDeclaration): FixIdea | undefined {
  if (kind !== 'type' || origin !== 'output') return undefined;
  return {
    title: `\`${name}\` is a type: import it with \`import { type ${name} }\` in the source of ${place.file}, and rebuild`,
    edits: [],
  };
}

function ofLink(error: Extract<LinkError, { readonly kind: 'missing-export' }>): Description {
  if (error.undeclared) {
    return {
      message: `"${error.name}" is exported in built output, but the file does not declare it, so every module that loads it fails.`,
      evidence: [],
      fix: { title: `rebuild, or remove \`${error.name}\` from the exports in the source`, edits: [] },
    };
  }
  return {
    message: `"${error.name}" is imported from "${error.specifier}" in built output, but that file does not export it, so every module that loads it fails.`,
    evidence: [
      { role: 'target', text: '', place: { file: error.target, start: 0, end: 0 } },
      ...offersEvidence(error.name, error.offers),
    ],
  };
}
