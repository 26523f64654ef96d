import { createHash } from 'node:crypto';
import type { Place } from '../model/place.js';
import type { Affected, Evidence, Finding } from '../model/report.js';
import type { DescribableBreakage, EvidenceAt, Hit, Rule, RuleFacts } from '../rules/define-rule.js';
import { RULES } from '../rules/registry.js';
import type { Locator } from './locate.js';
import { milder } from './milder-severity.js';
import { withoutContentHash } from './stable-path.js';

/**
 * Runs rules, by default all, over a project's facts. Severities are the rules' own; `applyOptions`
 * applies options.
 */
export function buildFindings(
  facts: RuleFacts,
  locator: Locator,
  rules: readonly Rule[] = RULES,
): readonly Finding[] {
  const findings = rules
    .flatMap((rule) => rule.find(facts).map((breakage) => toFinding(rule, breakage, locator)))
    .toSorted(compareFindings);
  return withDistinctFingerprints(findings);
}

/** Numbers the findings that differ only in a content hash, or in the place inside a file. */
function withDistinctFingerprints(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const { code, fingerprint } = finding;
    const count = (counts.get(fingerprint) ?? 0) + 1;
    counts.set(fingerprint, count);
    return count === 1
      ? finding
      : { ...finding, fingerprint: fingerprintOf(code, [fingerprint, `${count}`]) };
  });
}

function toFinding(rule: Rule, breakage: DescribableBreakage, locator: Locator): Finding {
  const { message, evidence, fix } = breakage.describe();
  const affected = affectedOf(breakage.hits, locator);
  const [first] = affected.places;
  const severity = milder(rule.severity, breakage.atMost ?? 'error');
  return {
    code: rule.code,
    rule: rule.name,
    severity,
    message,
    file: first!.file,
    line: first!.line,
    column: first!.column,
    ...endOf(breakage.hits[0]!.place, locator),
    ...(breakage.provider ? { provider: breakage.provider } : {}),
    ...(breakage.name === undefined ? {} : { name: breakage.name }),
    evidence: evidence.map((entry) => located(entry, locator)),
    ...(fix ? { fix } : {}),
    affected,
    fingerprint: fingerprintOf(rule.code, breakage.identity),
  };
}

function endOf(place: Place, locator: Locator): Pick<Finding, 'endLine' | 'endColumn'> {
  if (place.end <= place.start) return {};
  const { line, column } = locator.positionOf({ ...place, start: place.end });
  return { endLine: line, endColumn: column };
}

function affectedOf(hits: readonly Hit[], locator: Locator): Affected {
  const places = new Map<string, Affected['places'][number]>();
  for (const { project, place } of hits) {
    const entry = { project, file: place.file, ...locator.positionOf(place) };
    places.set(`${entry.file}:${entry.line}:${entry.column}`, entry);
  }
  return {
    count: places.size,
    places: [...places.values()],
    projects: [...new Set([...places.values()].map(({ project }) => project))].toSorted(),
  };
}

function located({ role, text, place }: EvidenceAt, locator: Locator): Evidence {
  return place ? { role, text, file: place.file, ...locator.positionOf(place) } : { role, text };
}

/**
 * Twelve hexadecimal digits of SHA-256 over code and identity: the same in every task, on every
 * machine and after a rebuild.
 */
function fingerprintOf(code: string, identity: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([code, ...identity.map(withoutContentHash)]))
    .digest('hex')
    .slice(0, 12);
}

/** By file, line, column, code, then fingerprint; code-unit order. */
export function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  if (a.column !== b.column) return a.column - b.column;
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.fingerprint < b.fingerprint ? -1 : 1;
}
