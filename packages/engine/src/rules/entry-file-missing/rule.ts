import type { Demand, EntryFailure } from '../../model/demand.js';
import type { FilePath } from '../../model/place.js';
import type { Variant, WorkspacePackage } from '../../model/workspace.js';
import { defineRule } from '../define-rule.js';
import type { Breakage, Description, EvidenceAt, FixIdea, LookUp, RuleFacts } from '../define-rule.js';
import { demandBreakage, unmetDemands } from '../unmet-demands.js';
import { entryEvidence, verbOf } from '../words.js';

type Data =
  | { readonly kind: 'own'; readonly project: string; readonly subpath: string; readonly variant: Variant }
  | { readonly kind: 'demand'; readonly demand: Demand; readonly entry: EntryFailure };

/**
 * Conditions that Node, bundlers and runtimes set by themselves. A target under any other one is the workspace's own
 * affair (`@acme/source`): nobody outside asks for it, so its absence from the output breaks nobody.
 */
const STANDARD = new Set(
  'node import require module-sync node-addons default module browser development production worker deno bun workerd edge-light react-native react-server electron svelte style sass script'.split(
    ' ',
  ),
);

export const entryFileMissing = defineRule<Data>({
  code: 'VE101',
  name: 'entry-file-missing',
  since: '0.1.0',
  severity: 'error',
  title: 'A manifest names a file as an entry point that is not there.',

  find(facts) {
    const own = ownMissing(facts);
    const known = new Set(own.map(({ identity }) => JSON.stringify(identity)));
    const asked = unmetDemands(facts, 'entry-file-missing').map((group) => {
      const data: Data = { kind: 'demand', demand: group.demands[0], entry: group.why.entry };
      const breakage = demandBreakage(facts, group, data);
      const file =
        'file' in group.why.entry
          ? group.why.entry.file
          : `${group.why.entry.outcome} ${breakage.identity[1]}`;
      // Whether a bundler comes in between is not known from here.
      const atMost = 'bundled' in group.why.entry ? { atMost: 'warning' as const } : {};
      return { ...breakage, ...atMost, identity: [group.demands[0].provider, file], hits: breakage.hits };
    });
    const others = asked.filter(({ identity }) => !known.has(JSON.stringify(identity)));
    return [...own.map((breakage) => withDependents(breakage, asked)), ...others];
  },

  describe: (data, lookUp) =>
    data.kind === 'own'
      ? ofOwn(data, lookUp.filesLike(lookUp.packageOf(data.project)!, data.variant.file))
      : ofDemand(data.demand, data.entry, lookUp),
});

function ownMissing(facts: RuleFacts): readonly Breakage<Data>[] {
  const byFile = new Map<FilePath, Breakage<Data>>();
  for (const { subpath, variants } of facts.entryPoints) {
    for (const variant of variants) {
      if (variant.exists || variant.phase === 'types' || byFile.has(variant.file)) continue;
      if (!variant.conditions.every((condition) => STANDARD.has(condition))) continue;
      byFile.set(variant.file, ownBreakage(facts, subpath, variant));
    }
  }
  return [...byFile.values()];
}

function ownBreakage(facts: RuleFacts, subpath: string, variant: Variant): Breakage<Data> {
  const { own } = facts;
  return {
    identity: [own.project, variant.file],
    hits: [{ project: own.project, place: variant.place }],
    provider: {
      package: own.name ?? own.project,
      entryPoint: subpath,
      conditions: variant.conditions,
      file: variant.file,
    },
    // Only bundlers read these fields, and they go on to `main` when the file is not there.
    ...(variant.conditions.length === 1 &&
    facts.entryPoints.some((e) => e.from === 'main' && e.subpath === subpath) &&
    ['module', 'browser'].includes(variant.conditions[0]!)
      ? { atMost: 'warning' as const }
      : {}),
    data: { kind: 'own', project: own.project, subpath, variant },
  };
}

function withDependents(breakage: Breakage<Data>, asked: readonly Breakage<Data>[]): Breakage<Data> {
  const same = asked.filter(({ identity }) => JSON.stringify(identity) === JSON.stringify(breakage.identity));
  return { ...breakage, hits: [...breakage.hits, ...same.flatMap(({ hits }) => hits)] };
}

function ofOwn({ subpath, variant }: Data & { kind: 'own' }, near: readonly FilePath[]): Description {
  return {
    message: `"${variant.target}" is listed as the entry point "${subpath}", but the build contains no such file.`,
    evidence: [entryEvidence({ subpath, ...variant }), ...near.map(similarFile)],
    ...whichToMend(variant.file, near),
  };
}

function ofDemand(demand: Demand, entry: EntryFailure, lookUp: LookUp): Description {
  const provider = lookUp.packageOf(demand.provider)!;
  const evidence: EvidenceAt[] = [];
  if ('target' in entry) evidence.push(entryEvidence(entry));
  else if ('place' in entry && entry.place)
    evidence.push({ role: 'entry', text: `"${entry.subpath}"`, place: entry.place });
  if ('near' in entry) evidence.push(...entry.near.map(similarFile));
  return {
    message: `"${demand.specifier}" is ${verbOf(demand)}, but ${whyNot(entry, provider)}.`,
    evidence,
    ...('near' in entry && entry.place
      ? whichToMend(entry.file, lookUp.filesLike(provider, entry.file))
      : {}),
  };
}

/** The manifest or the build: which of the two is wrong only their authors know, so no edit. */
function whichToMend(file: FilePath, [nearest]: readonly FilePath[]): { readonly fix?: FixIdea } {
  const isFolder = !/\.[^./]+$/.test(file);
  if (nearest === undefined || (!isFolder && extensionOf(nearest) !== extensionOf(file))) return {};
  const title = `name ${nearest} in the manifest${isFolder ? '' : `, or let the build write ${file}`}`;
  return { fix: { title, edits: [] } };
}

function extensionOf(file: FilePath): string {
  return file.slice(file.lastIndexOf('.'));
}

function whyNot(entry: EntryFailure, provider: WorkspacePackage): string {
  const name = provider.name ?? provider.project;
  if ('bundled' in entry) return `there is no ${entry.file}: bundlers take ${entry.bundled}, Node does not`;
  switch (entry.outcome) {
    case 'file-missing':
      return `the build of "${name}" contains no ${entry.file}`;
    case 'directory':
      return `${entry.file} is a folder`;
    case 'invalid-target':
      return `its target in the exports of "${name}" is invalid: ${entry.reason}`;
    default:
      return `"${name}" has no entry point "${entry.subpath}"`;
  }
}

function similarFile(file: FilePath): EvidenceAt {
  return { role: 'similar', text: '', place: { file, start: 0, end: 0 } };
}
