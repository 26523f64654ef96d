import { globTest } from '../read/glob-test.js';
import type { IgnoreEntry, VerifyOptions } from '../model/options.js';
import type { Finding, Report, Severity } from '../model/report.js';
import { ruleNamed } from '../rules/registry.js';
import { milder } from './milder-severity.js';

type Ignored = Report['ignored'][number];

/**
 * Applies severities, switched-off rules, ignores and `strict` after all rules ran, so that rules
 * do not depend on them. With `strict`, every unknown (VE9xx) is an error, unless the options set
 * the severity of its rule.
 *
 * @returns the findings that stay, and those that an `ignore` entry removed, with its reason
 */
export function applyOptions(
  findings: readonly Finding[],
  options: VerifyOptions,
): { readonly findings: readonly Finding[]; readonly ignored: readonly Ignored[] } {
  const ignored: Ignored[] = [];
  const kept: Finding[] = [];
  for (const finding of findings) {
    const setting = settingFor(finding, options);
    if (setting === 'off') continue;
    const entry = options.ignore?.find((candidate) => matches(candidate, finding));
    if (entry) ignored.push({ code: finding.code, fingerprint: finding.fingerprint, reason: entry.reason });
    else kept.push(setting ? { ...finding, severity: severityOf(finding, setting) } : finding);
  }
  return { findings: kept, ignored };
}

function settingFor(finding: Finding, { rules, strict }: VerifyOptions): Severity | 'off' | undefined {
  const own = rules?.[finding.code] ?? rules?.[finding.rule];
  return own ?? (strict && isUnknown(finding) ? 'error' : undefined);
}

function isUnknown({ code }: Finding): boolean {
  return ruleNamed(code)?.range === 'VE9xx';
}

/**
 * A rule's severity setting does not raise a finding that is milder, such as one about a guarded
 * import.
 */
function severityOf(finding: Finding, setting: Severity): Severity {
  const isRaisable = isUnknown(finding) || ruleNamed(finding.rule)?.severity === 'info';
  return isRaisable ? setting : milder(finding.severity, setting);
}

function matches(entry: IgnoreEntry, finding: Finding): boolean {
  return (
    (entry.rule === undefined || entry.rule === finding.code || entry.rule === finding.rule) &&
    (entry.package === undefined || entry.package === finding.provider?.package) &&
    (entry.name === undefined || entry.name === finding.name) &&
    (entry.file === undefined || globTest(entry.file, { dot: true })(finding.file))
  );
}
