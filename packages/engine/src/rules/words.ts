import { distance } from 'fastest-levenshtein';
import type { Demand, EntryPlace } from '../model/demand.js';
import type { RequestForm } from '../model/module-record.js';
import type { Place } from '../model/place.js';
import type { FixIdea } from '../model/fix-idea.js';
import type { EvidenceAt } from './define-rule.js';

const VERB: Record<RequestForm, string> = {
  import: 'imported',
  'export-from': 're-exported',
  'export-star': 're-exported',
  'dynamic-import': 'imported',
  require: 'required',
  'import-equals': 'required',
  'import-type': 'imported',
  url: 'referred to',
  'meta-resolve': 'resolved',
  'require-resolve': 'resolved',
  mock: 'mocked',
  augmentation: 'augmented',
  reference: 'referred to',
};

/** What the importing module does with the specifier: "imported", "required", … */
export function verbOf(demand: Demand): string {
  // A mock call that imports a name returns the real module.
  return demand.form === 'mock' && demand.name !== undefined ? 'imported' : VERB[demand.form];
}

/**
 * The variant that was used, as evidence: `"." [import] → dist/index.js` at its place in the
 * manifest. The file follows in brackets if it differs from the target: for a wildcard, a folder,
 * or declarations beside JavaScript.
 */
export function entryEvidence(entry: EntryPlace): EvidenceAt {
  const way = entry.conditions.length > 0 ? ` [${entry.conditions.join(' › ')}]` : '';
  const target = entry.target.replace(/^\.\//, '');
  const file = `/${entry.file}`.endsWith(`/${target}`) ? '' : ` (${entry.file})`;
  const text = `"${entry.subpath}"${way} → ${target}${file}`;
  return { role: 'entry', text, ...(entry.place ? { place: entry.place } : {}) };
}

const LISTED_AT_MOST = 12;

/** `a, b, c and 4 more`; `nothing` for an empty list. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  if (names.length <= LISTED_AT_MOST) return names.join(', ');
  return `${names.slice(0, LISTED_AT_MOST).join(', ')} and ${names.length - LISTED_AT_MOST} more`;
}

/** The candidates that differ from `name` by a typing mistake or by letter case, nearest first. */
export function nearMisses(name: string, candidates: Iterable<string>): readonly string[] {
  const most = Math.max(1, Math.floor(name.length / 3));
  return [...candidates]
    .filter((candidate) => candidate !== name)
    .map((candidate) => ({ candidate, far: typingMistakes(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= most)
    .toSorted((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The number of typing mistakes between two words. Two swapped letters count as one. */
function typingMistakes(name: string, candidate: string): number {
  const far = distance(name, candidate);
  return far === 2 && [...name].toSorted().join('') === [...candidate].toSorted().join('') ? 1 : far;
}

/**
 * The exported names and those similar to `name`. `__esModule` is left out: compilers add it, and
 * no one imports it.
 */
export function offersEvidence(name: string, all: readonly string[]): readonly EvidenceAt[] {
  const offers = all.filter((offer) => offer !== '__esModule');
  const similar = nearMisses(name, offers);
  return [
    { role: 'exports', text: listed(offers) },
    ...(similar.length > 0
      ? [{ role: 'similar' as const, text: `did you mean ${similar.join(' or ')}?` }]
      : []),
  ];
}

/** Where each of two conflicting `export *` gets a name from. */
export function originEvidence(places: readonly Place[]): readonly EvidenceAt[] {
  return places.map((place) => ({ role: 'origin', text: '', place }));
}

/** Only the authors know which of the two origins is right, so there is no edit. */
export function chooseOrigin(name: string): FixIdea {
  return {
    title: `export the right one by name: \`export { ${name} } from '…'\` beside the two \`export *\``,
    edits: [],
  };
}
