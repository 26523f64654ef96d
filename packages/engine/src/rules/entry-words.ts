import type { Demand, EntryFailure } from '../model/demand.js';
import type { EntryExplanation, Way } from '../model/explanation.js';
import type { EvidenceAt, LookUp } from './define-rule.js';
import { listed, nearMisses } from './words.js';

/** One target of a map with its key and conditions: `"." [import] → dist/index.js`. */
export function wayText({ pattern, conditions, target }: Way): string {
  const way = conditions.length > 0 ? ` [${conditions.join(' › ')}]` : '';
  return `"${pattern}"${way} → ${target === null ? 'null' : target.replace(/^\.\//, '')}`;
}

/** A target that exists but is not used, because another one takes precedence over it. */
export function shadowEvidence({ shadowed }: Pick<EntryExplanation, 'shadowed'>): readonly EvidenceAt[] {
  if (!shadowed) return [];
  const { winner, right } = shadowed;
  // A `null` target excludes part of a wildcard on purpose.
  if (winner.target === null && winner.pattern !== right.pattern) return [];
  return [
    {
      role: 'shadowed',
      text: `${wayText(right)} exists, but ${whyWins(winner, right)}`,
      place: right.place,
    },
  ];
}

function whyWins(winner: Way, right: Way): string {
  if (winner.pattern !== right.pattern) return `"${winner.pattern}" is the more specific key`;
  const split = winner.conditions.findIndex((condition, index) => condition !== right.conditions[index]);
  const condition = winner.conditions[split === -1 ? winner.conditions.length - 1 : split];
  const isSameWay = winner.conditions.join() === right.conditions.join();
  if (isSameWay || condition === undefined) return 'an array uses its first valid target';
  return `"${condition}" comes first`;
}

/**
 * Why a specifier resolves inside the workspace although it does not resolve for the built package.
 */
export function workspaceOnlyEvidence(
  demand: Demand,
  { onlyInSource }: EntryExplanation,
  lookUp: LookUp,
): readonly EvidenceAt[] {
  const aliased = lookUp.explain.aliasOf(demand.specifier);
  if (aliased) {
    const { alias, target } = aliased;
    const text = `"${alias.pattern}" → ${target}: works in this workspace through tsconfig paths, but not for the built package`;
    return [{ role: 'alias', text, place: alias.place }];
  }
  if (onlyInSource === undefined) return [];
  const { publishedRoot } = lookUp.packageOf(demand.provider)!;
  const text = `works in this workspace through the link to the source folder, but only ${publishedRoot} is published`;
  return [{ role: 'linked', text, place: { file: onlyInSource, start: 0, end: 0 } }];
}

/**
 * Listed subpaths that may have been meant: a typing mistake, or a different output folder or
 * extension.
 */
function similarSubpaths(failure: EntryFailure, { subpaths }: EntryExplanation): readonly string[] {
  const { subpath } = failure;
  const plain = plainSubpath(subpath);
  const alike = subpaths.filter((offered) => offered !== '.' && plainSubpath(offered) === plain);
  const close = nearMisses(
    subpath,
    subpaths.filter((offered) => offered !== '.'),
  );
  return [...new Set([...alike, ...close])].slice(0, 3);
}

/** The only listed subpath that differs just by an output folder or an extension. */
export function sameButForm({ subpath }: EntryFailure, { subpaths }: EntryExplanation): string | undefined {
  const alike = subpaths.filter(
    (offered) => offered !== '.' && offered !== subpath && plainSubpath(offered) === plainSubpath(subpath),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

function plainSubpath(subpath: string): string {
  return subpath
    .slice(2)
    .replace(/^(dist|build|out|lib|src|esm|cjs)\//g, '')
    .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

/** The specifier of another subpath of the same package. */
export function specifierOf(demand: Demand, subpath: string): string {
  const name =
    demand.subpath === '.' ? demand.specifier : demand.specifier.slice(0, 1 - demand.subpath.length);
  return `${name}${subpath.slice(1)}`;
}

/** The subpaths that the files of a wildcard make importable, as evidence at its key. */
export function wildcardEvidence({ wildcard }: EntryExplanation): readonly EvidenceAt[] {
  if (!wildcard) return [];
  const text = `"${wildcard.pattern}" matches ${listed(wildcard.subpaths)}`;
  return [{ role: 'pattern', text, place: wildcard.place }];
}

/** The entry point that resolves to the same file, or else the entry points with similar names. */
export function insteadEvidence(
  demand: Demand,
  entry: EntryFailure,
  explanation: EntryExplanation,
): readonly EvidenceAt[] {
  const { sameFile } = explanation;
  if (sameFile)
    return [
      { role: 'same', text: `"${specifierOf(demand, sameFile.subpath)}" resolves to ${sameFile.file}` },
    ];
  const similar = similarSubpaths(entry, explanation);
  return similar.length > 0 ? [{ role: 'similar', text: `did you mean ${similar.join(' or ')}?` }] : [];
}

const ENTRY_FIELDS = ['exports', 'main', 'module', 'browser', 'types'] as const;

/** A field of the manifest whose name is similar to a field that names entry points. */
export function misspeltFieldEvidence({ fields = [] }: EntryExplanation): readonly EvidenceAt[] {
  return fields.flatMap(({ name, place }) => {
    const [meant] = nearMisses(name, ENTRY_FIELDS);
    const isKnown = KNOWN_FIELDS.has(name);
    return meant === undefined || isKnown
      ? []
      : [{ role: 'similar', text: `did you mean "${meant}" instead of "${name}"?`, place }];
  });
}

/** Known fields. They are never misspelt entry fields, even if the names are similar. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...ENTRY_FIELDS,
  'type',
  'typings',
  'bin',
  'man',
  'imports',
  'name',
]);
