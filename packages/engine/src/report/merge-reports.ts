import type { Affected, Finding, Report } from '../model/report.js';
import { compareFindings } from './build-findings.js';

/**
 * The findings of several projects' reports, each breakage once: the same fingerprint in two reports is one finding, with
 * the places of both. The finding of a name missing from declarations folds into that of the name missing altogether.
 */
export function mergeFindings(reports: readonly Report[]): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const { findings } of reports) {
    for (const finding of findings) {
      const present = merged.get(finding.fingerprint);
      merged.set(finding.fingerprint, present ? join(present, finding) : finding);
    }
  }
  return [...merged.values()].toSorted(compareFindings);
}

function join(a: Finding, b: Finding): Finding {
  const [first, second] = compareFindings(a, b) <= 0 ? [a, b] : [b, a];
  return { ...first, affected: joinAffected(first.affected, second.affected) };
}

function joinAffected(a: Affected, b: Affected): Affected {
  const places = new Map(
    [...a.places, ...b.places].map((place) => [`${place.file}:${place.line}:${place.column}`, place]),
  );
  return {
    count: places.size,
    places: [...places.values()],
    projects: [...new Set([...a.projects, ...b.projects])].toSorted(),
  };
}
