import { groupBy } from '../../collections/group-by.js';
import type { Demand, EntryFailure } from '../../model/demand.js';
import type { MovedOutput, EntryExplanation } from '../../model/explanation.js';
import type { MissingAlias, MissingCommand, MissingSource, NamedFile } from '../../model/manifest-faults.js';
import type { FilePath, Place } from '../../model/place.js';
import type { Variant, WorkspacePackage } from '../../model/workspace.js';
import type { FixIdea } from '../../model/fix-idea.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, LookUp, RuleFacts } from '../define-rule.js';
import {
  insteadEvidence,
  misspeltFieldEvidence,
  sameButForm,
  shadowEvidence,
  specifierOf,
  wayText,
  wildcardEvidence,
  workspaceOnlyEvidence,
} from '../entry-words.js';
import { areStandard } from '../../model/standard-conditions.js';
import { notPublished } from '../entry-not-published/rule.js';
import { isDead, missingEntryOf, missingModules } from '../missing-modules.js';
import { oneForEachCause } from '../one-cause.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { entryEvidence, verbOf } from '../words.js';

type Data =
  | { readonly kind: 'own'; readonly project: string; readonly subpath: string; readonly variant: Variant }
  | { readonly kind: 'command'; readonly command: MissingCommand }
  | { readonly kind: 'named'; readonly named: NamedFile }
  | { readonly kind: 'source'; readonly source: MissingSource }
  | { readonly kind: 'alias'; readonly alias: MissingAlias }
  | { readonly kind: 'demand'; readonly demand: Demand; readonly entry: EntryFailure };

export const entryFileMissing = defineRule<Data>({
  code: 'VE101',
  name: 'entry-file-missing',
  reference: 'https://nodejs.org/api/esm.html#resolution-algorithm-specification',
  since: '0.1.0',
  severity: 'error',
  title: 'A manifest names an entry point file that does not exist.',

  find(facts) {
    const own = withImporters(facts, ownMissing(facts));
    const known = new Set(own.map(({ identity }) => JSON.stringify(identity)));
    // The rules invalid-entry-target and entry-not-published report the others.
    const missing = unmetDemands(facts, 'entry-file-missing').filter(
      ({ demands, why }) =>
        why.entry.outcome !== 'invalid-target' && !notPublished(facts, demands[0], why.entry),
    );
    const fromImports = missing.map((group) => {
      const data: Data = { kind: 'demand', demand: group.demands[0], entry: group.why.entry };
      const breakage = demandBreakage(facts, group, data);
      const file =
        'file' in group.why.entry
          ? group.why.entry.file
          : `${group.why.entry.outcome} ${breakage.identity[1]}`;
      // The importer may be bundled, and then it works. That cannot be determined here.
      const atMost = 'bundled' in group.why.entry ? { atMost: 'warning' as const } : {};
      return { ...breakage, ...atMost, identity: [group.demands[0].provider, file], hits: breakage.hits };
    });
    const others = fromImports.filter(({ identity }) => !known.has(JSON.stringify(identity)));
    const named = [
      ...own.map((breakage) => withDependents(breakage, fromImports)),
      ...missingCommands(facts),
      ...missingNamedFiles(facts).filter(({ identity }) => !known.has(JSON.stringify(identity))),
    ];
    return [
      ...named.map((breakage) =>
        isOnlyNamed(facts, breakage) ? { ...breakage, atMost: 'warning' as const } : breakage,
      ),
      ...missingAliases(facts),
      ...missingSources(facts),
      ...others,
    ];
  },

  describe(data, lookUp) {
    if (data.kind === 'own') return ofOwn(data, lookUp);
    if (data.kind === 'named') return ofNamed(data.named);
    if (data.kind === 'alias') return ofAlias(data.alias);
    if (data.kind === 'source') return ofSource(data.source);
    return data.kind === 'command' ? ofCommand(data.command) : ofDemand(data.demand, data.entry, lookUp);
  },
});

/** Nothing uses the entry point: no other package and no file of the output. */
function isOnlyNamed({ own, isUnused }: RuleFacts, { hits }: Breakage<Data>): boolean {
  const manifests = [own.source?.file, own.published?.file];
  return isUnused && hits.every(({ place }) => manifests.includes(place.file));
}

/** The output that loads a missing entry file fails with it, and so do those who import that output. */
function withImporters(facts: RuleFacts, own: readonly Breakage<Data>[]): readonly Breakage<Data>[] {
  const imported = missingModules(facts).flatMap((breakage): readonly Breakage<Data>[] => {
    const entry = missingEntryOf(facts, breakage);
    if (!entry || entry.variant.phase === 'types') return [];
    const { project, subpath, variant } = entry;
    const { atMost: _, ...named } = ownBreakage(facts, subpath, variant, project);
    const hits = [...named.hits, ...breakage.hits];
    return [{ ...named, hits, ...(breakage.atMost && { atMost: breakage.atMost }) }];
  });
  return oneForEachCause([...own, ...imported]);
}

function ownMissing(facts: RuleFacts): readonly Breakage<Data>[] {
  const byFile = new Map<FilePath, Breakage<Data>>();
  for (const { subpath, variants } of facts.entryPoints) {
    for (const variant of variants) {
      if (variant.exists || variant.phase === 'types' || byFile.has(variant.file)) continue;
      if (!areStandard(variant.conditions) || isDead(facts, variant)) continue;
      byFile.set(variant.file, ownBreakage(facts, subpath, variant));
    }
  }
  return [...byFile.values()];
}

function missingCommands({ own, manifest }: RuleFacts): readonly Breakage<Data>[] {
  return manifest.missingCommands.map((command) => ({
    identity: [own.project, command.file, command.name],
    hits: [{ project: own.project, place: command.place }],
    data: { kind: 'command', command },
  }));
}

function missingNamedFiles({ own, manifest, trace, lookUp }: RuleFacts): readonly Breakage<Data>[] {
  const written = new Map(
    trace.roots.flatMap(({ file }) => {
      const generated = lookUp.packages.generatedManifest(own, file);
      return generated ? [[generated.file, generated] as const] : [];
    }),
  );
  const copies = [...written.values()].flatMap((each) => lookUp.packages.missingCopies(each));
  const byFile = groupBy([...manifest.missingFiles, ...copies], ({ file }) => file);
  return [...byFile].map(([file, all]) => ({
    identity: [own.project, file],
    hits: all.map(({ place }) => ({ project: own.project, place })),
    ...(all.every(({ optional }) => optional) ? { atMost: 'warning' as const } : {}),
    data: { kind: 'named', named: all[0]! },
  }));
}

/** Such an alias breaks nothing until a module uses it. Then that import is reported. */
function missingAliases({ own, manifest }: RuleFacts): readonly Breakage<Data>[] {
  return manifest.missingAliases.map((alias) => ({
    identity: [own.project, 'alias', alias.pattern],
    hits: [{ project: own.project, place: alias.place }],
    atMost: 'warning' as const,
    data: { kind: 'alias', alias },
  }));
}

/** The rule types-entry-missing reports missing declarations. */
function isForTypes(condition: string): boolean {
  return /^typ(?:es|ings)(?:@|$)/.test(condition);
}

/** Only consumers that are set up for such a condition use the target. */
function missingSources({ own, manifest }: RuleFacts): readonly Breakage<Data>[] {
  return manifest.missingSources
    .filter(({ conditions }) => !areStandard(conditions) && !conditions.some(isForTypes))
    .map((source) => ({
      identity: [own.project, source.file],
      hits: [{ project: own.project, place: source.place }],
      atMost: 'warning' as const,
      data: { kind: 'source', source },
    }));
}

function ownBreakage(
  facts: RuleFacts,
  subpath: string,
  variant: Variant,
  project = facts.own.project,
): Breakage<Data> {
  const own = facts.lookUp.packageOf(project) ?? facts.own;
  return {
    identity: [own.project, variant.file],
    hits: [{ project: own.project, place: variant.place }],
    provider: {
      package: own.name ?? own.project,
      entryPoint: subpath,
      conditions: variant.conditions,
      file: variant.file,
    },
    // Only bundlers read these fields, and they continue with `main` if the file does not exist.
    ...(variant.conditions.length === 1 &&
    facts.entryPoints.some((e) => e.from === 'main' && e.subpath === subpath) &&
    ['module', 'browser'].includes(variant.conditions[0]!)
      ? { atMost: 'warning' as const }
      : {}),
    data: { kind: 'own', project: own.project, subpath, variant },
  };
}

function withDependents(breakage: Breakage<Data>, fromImports: readonly Breakage<Data>[]): Breakage<Data> {
  const same = fromImports.filter(
    ({ identity }) => JSON.stringify(identity) === JSON.stringify(breakage.identity),
  );
  return { ...breakage, hits: [...breakage.hits, ...same.flatMap(({ hits }) => hits)] };
}

function ofOwn({ project, subpath, variant }: Data & { kind: 'own' }, lookUp: LookUp): Description {
  const pkg = lookUp.packageOf(project)!;
  const { file, target, conditions } = variant;
  const drift = lookUp.explain.movedOutputOf(pkg, file, conditions);
  const near = lookUp.explain.filesLike(pkg, file);
  const shadowed = lookUp.explain.shadowed(pkg, subpath, conditions);
  const outcome = drift
    ? `the build wrote ${drift.written} instead`
    : `the build contains no ${target.includes('*') ? 'file that matches' : 'such file'}`;
  return {
    message: `"${target}" is listed as the entry point "${subpath}", but ${outcome}.`,
    evidence: [
      entryEvidence({ subpath, ...variant }),
      ...shadowEvidence({ shadowed }),
      ...(drift ? [] : near.map(similarFile)),
    ],
    ...fixOf(pkg, variant, { drift, near, shadowed }, lookUp),
  };
}

function ofCommand({ name, target, place, file }: MissingCommand): Description {
  return {
    message: `"${target}" is listed as the command "${name}", but the build contains no such file.`,
    evidence: [{ role: 'command', text: `"${name}" → ${target.replace(/^\.\//, '')}`, place }],
    fix: { title: `make the build write ${file}, or change the target in "bin"`, edits: [] },
  };
}

function ofNamed({ path, target, place, isForTool, isCopy }: NamedFile): Description {
  const isListItem = /^\d+$/.test(path.at(-1)!);
  const [field, owner] = path.filter((key) => !/^\d+$/.test(key)).toReversed();
  const of = owner === undefined || isListItem ? '' : ` of "${owner}"`;
  return {
    message: `"${target}" is listed as "${field!}"${of}, but ${isForTool ? 'there is no such file' : 'the build contains no such file'}.`,
    evidence: [{ role: 'listed', text: path.join(' › '), place }],
    ...(isCopy && { fix: { title: COPY, edits: [] } }),
  };
}

const COPY =
  'build the package first, and then copy its folder there (the executor "@nx/js:copy-workspace-modules" of Nx does that)';

function ofAlias({ pattern, file, place }: MissingAlias): Description {
  return {
    message: `"${pattern}" is a path alias of ${place.file} for ${file}, but there is no such file, so no project can import it.`,
    evidence: [],
    fix: {
      title: `remove "${pattern}" from "paths" in ${place.file}, or name a file that exists`,
      edits: [],
    },
  };
}

function ofSource({ subpath, conditions, target, file, similar, place }: MissingSource): Description {
  return {
    message: `"${target}" is listed as the entry point "${subpath}", but there is no ${file}, so imports fail for projects that set the condition.`,
    evidence: [
      entryEvidence({ subpath, conditions, target, file, place }),
      ...(similar === undefined ? [] : [similarFile(similar)]),
    ],
    ...(similar !== undefined && {
      fix: { title: `change the target to "${renamed(target, similar)}"`, edits: [] },
    }),
  };
}

function renamed(target: string, file: FilePath): string {
  return target.replace(/[^/]*$/, file.replace(/^.*\//, ''));
}

function ofDemand(demand: Demand, entry: EntryFailure, lookUp: LookUp): Description {
  const provider = lookUp.packageOf(demand.provider)!;
  const explanation = lookUp.explain.entry(entry, demand);
  const { wildcard, shadowed } = explanation;
  const named = 'target' in entry && entry.place ? { ...entry, place: entry.place } : undefined;
  const drift =
    named && entry.outcome === 'file-missing' && !wildcard
      ? lookUp.explain.movedOutputOf(provider, named.file, named.conditions)
      : undefined;
  const evidence: EvidenceAt[] = [];
  const bundled = 'bundled' in entry && entry.subpath === '.' ? entry.bundled : undefined;
  if ('target' in entry && bundled === undefined) evidence.push(entryEvidence(entry));
  else if ('place' in entry && entry.place)
    evidence.push({ role: 'entry', text: `"${entry.subpath}"`, place: entry.place });
  evidence.push(...shadowEvidence(explanation), ...wildcardEvidence(explanation));
  evidence.push(...workspaceOnlyEvidence(demand, explanation, lookUp));
  evidence.push(...misspeltFieldEvidence(explanation));
  if (wildcard || !named) evidence.push(...insteadEvidence(demand, entry, explanation));
  if ('near' in entry && !drift && !wildcard) evidence.push(...entry.near.map(similarFile));
  return {
    message: `"${demand.specifier}" is ${verbOf(demand)}, but ${whyNot(entry, provider, { drift, wildcard })}.`,
    evidence,
    ...(bundled === undefined ? {} : { fix: mainFix(provider, bundled) }),
    ...(wildcard ? specifierFix(demand, entry, explanation, lookUp) : {}),
    ...(named && !wildcard
      ? fixOf(
          provider,
          named,
          { drift, near: lookUp.explain.filesLike(provider, named.file), shadowed },
          lookUp,
        )
      : {}),
  };
}

function specifierFix(
  demand: Demand,
  entry: EntryFailure,
  explanation: EntryExplanation,
  lookUp: LookUp,
): { readonly fix?: FixIdea } {
  const alike = sameButForm(entry, explanation);
  return alike === undefined ? {} : { fix: lookUp.fixes.specifier([demand], specifierOf(demand, alike)) };
}

interface Instead {
  readonly drift: MovedOutput | undefined;
  readonly near: readonly FilePath[];
  readonly shadowed: EntryExplanation['shadowed'];
}

function fixOf(
  pkg: WorkspacePackage,
  missing: { readonly file: FilePath; readonly place: Place; readonly conditions: readonly string[] },
  { drift, near, shadowed }: Instead,
  lookUp: LookUp,
): { readonly fix?: FixIdea } {
  if (drift) return { fix: lookUp.fixes.drift(pkg, missing, drift) };
  if (shadowed) return { fix: shadowFix(shadowed) };
  return manifestOrBuildFix(missing.file, near);
}

function shadowFix({ winner, right }: NonNullable<EntryExplanation['shadowed']>): FixIdea {
  return {
    title: `remove ${wayText(winner)} so that ${wayText(right)} is used, or make the build create ${winner.target ?? 'the file'}`,
    edits: [],
  };
}

/** For a file that is named only by fields that bundlers read. */
function mainFix({ published, publishedRoot }: WorkspacePackage, bundled: FilePath): FixIdea {
  const target = `./${bundled.slice(publishedRoot === '.' ? 0 : publishedRoot.length + 1)}`;
  return { title: `set "exports" or "main" to "${target}" in ${published!.file}`, edits: [] };
}

/** Only the authors know whether the manifest or the build is wrong, so there is no edit. */
function manifestOrBuildFix(file: FilePath, [nearest]: readonly FilePath[]): { readonly fix?: FixIdea } {
  const isFolder = !/\.[^./]+$/.test(file);
  if (nearest === undefined || (!isFolder && extensionOf(nearest) !== extensionOf(file))) return {};
  const title = `change the target in the manifest to ${nearest}${isFolder ? '' : `, or make the build create ${file}`}`;
  return { fix: { title, edits: [] } };
}

function extensionOf(file: FilePath): string {
  return file.slice(file.lastIndexOf('.'));
}

function whyNot(
  entry: EntryFailure,
  provider: WorkspacePackage,
  {
    drift,
    wildcard,
  }: { readonly drift: MovedOutput | undefined; readonly wildcard: EntryExplanation['wildcard'] },
): string {
  const name = provider.name ?? provider.project;
  if ('bundled' in entry) return `${entry.file} does not exist: bundlers use ${entry.bundled}, Node does not`;
  switch (entry.outcome) {
    case 'file-missing':
      if (drift) return `the build of "${name}" wrote ${drift.written} instead of ${entry.file}`;
      if (wildcard)
        return `"${wildcard.pattern}" resolves to ${entry.file}, which the build of "${name}" does not contain`;
      return `the build of "${name}" contains no ${entry.file}`;
    case 'directory':
      return `${entry.file} is a folder, and Node does not look for an index file in it`;
    default:
      return `"${name}" has no entry point "${entry.subpath}"`;
  }
}

function similarFile(file: FilePath): EvidenceAt {
  return { role: 'similar', text: '', place: { file, start: 0, end: 0 } };
}
