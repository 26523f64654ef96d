import picomatch from 'picomatch';
import type { IgnoreEntry, VerifyOptions } from '../model/options.js';
import type { Finding, Report, Severity } from '../model/report.js';

type Ignored = Report['ignored'][number];

/**
 * Severities, switched-off rules and ignores: applied after all rules ran, so that no rule knows of them.
 *
 * @returns the findings that stay, and those that an `ignore` entry took out, with its reason
 */
export function applyOptions(
  findings: readonly Finding[],
  options: VerifyOptions,
): { readonly findings: readonly Finding[]; readonly ignored: readonly Ignored[] } {
  const ignored: Ignored[] = [];
  const kept: Finding[] = [];
  for (const finding of findings) {
    const setting = options.rules?.[finding.code] ?? options.rules?.[finding.rule];
    if (setting === 'off') continue;
    const entry = options.ignore?.find((candidate) => matches(candidate, finding));
    if (entry) ignored.push({ code: finding.code, fingerprint: finding.fingerprint, reason: entry.reason });
    else kept.push(setting ? { ...finding, severity: severityOf(finding, setting) } : finding);
  }
  return { findings: kept, ignored };
}

/** A finding that was capped (a guarded import) does not become an error again by a setting for its rule. */
function severityOf(finding: Finding, setting: Severity): Severity {
  return finding.severity === 'warning' && setting === 'error' && finding.code < 'VE900'
    ? 'warning'
    : setting;
}

function matches(entry: IgnoreEntry, finding: Finding): boolean {
  return (
    (entry.rule === undefined || entry.rule === finding.code || entry.rule === finding.rule) &&
    (entry.package === undefined || entry.package === finding.provider?.package) &&
    (entry.name === undefined || entry.name === finding.name) &&
    (entry.file === undefined || picomatch(entry.file, { dot: true })(finding.file))
  );
}
