import type { BaselineEntry } from '../model/baseline.js';
import type { Finding } from '../model/report.js';

/**
 * The text of a file with known findings: errors and warnings, sorted, one field per line. Entries that exist keep their text
 * and reason, so that a new version of the file differs only by what was found or fixed.
 *
 * @param earlier the entries of the current file
 * @param reason the reason of new entries; undefined if no entry may be added
 * @returns undefined if no entry remains, and the file should not exist
 */
export function renderBaseline(
  findings: readonly Finding[],
  earlier: readonly BaselineEntry[],
  reason: string | undefined,
): string | undefined {
  const known = new Map(earlier.map((entry) => [entry.fingerprint, entry]));
  const wanted = findings.filter(
    ({ fingerprint, severity }) => known.has(fingerprint) || (severity !== 'info' && reason !== undefined),
  );
  const entries = new Map(
    wanted.map(({ fingerprint, code, message }) => {
      const { rule, text, ...rest } = known.get(fingerprint) ?? {
        rule: code,
        text: message,
        reason: reason!,
      };
      return [fingerprint, { fingerprint, rule, text, reason: rest.reason }];
    }),
  );
  if (entries.size === 0) return undefined;
  return `${JSON.stringify({ findings: [...entries.values()].toSorted(compareEntries) }, null, 2)}\n`;
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return compare(a.rule, b.rule) || compare(a.text, b.text) || compare(a.fingerprint, b.fingerprint);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
