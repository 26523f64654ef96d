import type { BaselineEntry } from '../model/baseline.js';
import type { Finding, KnownFindings } from '../model/report.js';

/**
 * Separates new findings from known ones. It runs after the options are applied, so an entry whose finding is ignored, or
 * whose rule is off, matches nothing.
 *
 * @returns the new findings, the known ones, and the entries that match no finding
 */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
): { readonly findings: readonly Finding[] } & Pick<KnownFindings, 'known' | 'outdated'> {
  const byFingerprint = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const isKnown = ({ fingerprint }: Finding): boolean => byFingerprint.has(fingerprint);
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return {
    findings: findings.filter((finding) => !isKnown(finding)),
    known: findings.filter(isKnown).map(({ code, fingerprint, message }) => {
      const { reason } = byFingerprint.get(fingerprint)!;
      return { code, fingerprint, message, reason };
    }),
    outdated: entries.filter(({ fingerprint }) => !found.has(fingerprint)),
  };
}
