import type { Affected, Finding, Report } from '../model/report.js';
import { compareFindings } from './build-findings.js';

/**
 * The findings of several projects' reports, each breakage once: the same fingerprint in two
 * reports is one finding, with the places of both. It has the text of the most severe one, among
 * equals of the first by place. The order of the reports makes no difference.
 */
export function mergeFindings(reports: readonly Pick<Report, 'findings'>[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of reports.flatMap(({ findings }) => findings)) {
    const group = groups.get(finding.fingerprint);
    if (group) group.push(finding);
    else groups.set(finding.fingerprint, [finding]);
  }
  return [...groups.values()].map(merged).toSorted(compareFindings);
}

function merged(group: readonly Finding[]): Finding {
  const [first, ...others] = group.toSorted(compareInGroup) as [Finding, ...Finding[]];
  return others.length === 0 ? first : { ...first, affected: joined(first, others) };
}

const GRAVITY = { error: 0, warning: 1, info: 2 };

function compareInGroup(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return GRAVITY[a.severity] - GRAVITY[b.severity];
  if (a.file !== b.file || a.line !== b.line || a.column !== b.column) return compareFindings(a, b);
  // One place seen from both sides: the words may differ.
  return compareTexts(JSON.stringify(a), JSON.stringify(b));
}

type AffectedPlace = Affected['places'][number];

/** All places, the finding's own first. */
function joined(first: Finding, others: readonly Finding[]): Affected {
  const all = [first, ...others].flatMap(({ affected }) => affected.places);
  const byPosition = new Map(all.map((place) => [`${place.file}:${place.line}:${place.column}`, place]));
  const isOwn = (place: AffectedPlace): boolean =>
    place.file === first.file && place.line === first.line && place.column === first.column;
  const places = [...byPosition.values()].toSorted(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || comparePlaces(a, b),
  );
  return {
    count: places.length,
    places,
    projects: [...new Set(places.map(({ project }) => project))].toSorted(),
  };
}

function comparePlaces(a: AffectedPlace, b: AffectedPlace): number {
  return compareTexts(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
