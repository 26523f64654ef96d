import type { Finding, Report } from '../model/report.js';
import type { Run } from '../session.js';
import { removedBy } from './removed-by.js';

/** Findings about a name that went away. */
const LOST: ReadonlySet<string> = new Set(['VE201', 'VE202', 'VE501']);

/** Each name takes a search. With more, the time would be noticed. */
const MOST_NAMES = 5;

/**
 * Adds the commit that removed the name to the findings about lost names. Only errors are worth the
 * search. A report without history stays as it is.
 */
export function withHistory(report: Report, { workspace }: Pick<Run, 'workspace'>): Report {
  const folders = new Map(workspace.packages.map(({ name, project, root }) => [name ?? project, root]));
  const asked = new Map<string, string | undefined>();
  const lineFor = ({ provider, name }: Finding): string | undefined => {
    const folder = provider && folders.get(provider.package);
    if (folder === undefined || name === undefined) return undefined;
    const key = `${folder}#${name}`;
    if (!asked.has(key)) {
      if (asked.size >= MOST_NAMES) return undefined;
      const commit = removedBy(workspace.root, folder, name);
      asked.set(key, commit && `${commit.hash} ${commit.date} "${commit.subject}"`);
    }
    return asked.get(key);
  };
  const findings = report.findings.map((finding) => {
    if (finding.severity !== 'error' || !LOST.has(finding.code)) return finding;
    const text = lineFor(finding);
    return text === undefined
      ? finding
      : { ...finding, evidence: [...finding.evidence, { role: 'removed', text }] };
  });
  return asked.size === 0 ? report : { ...report, findings };
}
