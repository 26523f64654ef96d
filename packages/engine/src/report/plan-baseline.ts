import type { Finding } from '../model/report.js';
import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import { parseBaseline } from '../read/read-baseline.js';
import { renderBaseline } from './render-baseline.js';
import type { BaselineEntry } from '../model/baseline.js';

export interface BaselineInput {
  readonly file: FilePath;
  /** The current text of the file; undefined if it does not exist. */
  readonly text: string | undefined;
  /** All findings of the project, known ones included. */
  readonly findings: readonly Finding[];
  /** The reason of new entries. */
  readonly reason?: string;
  /** Only remove entries that match no finding. */
  readonly prune?: boolean;
}

/** What to write for one project. */
export interface BaselinePlan {
  readonly file: FilePath;
  /** The new text; undefined if the file should not exist. */
  readonly after: string | undefined;
  readonly entries: number;
  readonly added: number;
  readonly removed: number;
}

const REASON = 'Known when the baseline was written.';

/**
 * Plans the file with a project's known findings. Entries that exist are kept with their reason, and
 * those that match no finding are removed.
 *
 * @throws VerifyError `invalid-baseline` if the current text is none
 */
export function planBaseline({ file, text, findings, reason, prune }: BaselineInput): BaselinePlan {
  const before = text === undefined ? [] : parseBaseline(file, text);
  const after = renderBaseline(findings, before, prune ? undefined : (reason ?? REASON));
  const entries = after === undefined ? [] : parseBaseline(file, after);
  return {
    file,
    after,
    entries: entries.length,
    added: lacking(before, entries),
    removed: lacking(entries, before),
  };
}

/** How many of the second list are not in the first. */
function lacking(first: readonly BaselineEntry[], second: readonly BaselineEntry[]): number {
  const known = new Set(first.map(({ fingerprint }) => fingerprint));
  return second.filter(({ fingerprint }) => !known.has(fingerprint)).length;
}

/** What a baseline command has done. */
export function renderBaselinePlans(plans: readonly BaselinePlan[], problems: readonly Problem[]): string {
  const changed = plans.filter(({ added, removed }) => added + removed > 0);
  const entries = plans.reduce((sum, each) => sum + each.entries, 0);
  const lines = changed.map(
    ({ file, entries, added, removed }) =>
      `${entries === 0 ? 'Removed' : 'Wrote'} ${file}: ${added} added, ${removed} removed, ${entries} in total.`,
  );
  const distinct = new Map(problems.map(({ message, remedy }) => [message, `  ${message} ${remedy}`]));
  return [
    ...(changed.length > 0 ? lines : ['No baseline was changed.']),
    ...(changed.some(({ added }) => added > 0)
      ? ['Review the files, write why each finding is accepted, and commit them.']
      : []),
    entries === 1 ? 'There is 1 known finding.' : `There are ${entries} known findings.`,
    ...(distinct.size > 0
      ? ['', 'Could not check the following, so the baselines of these projects were not changed:']
      : []),
    ...distinct.values(),
  ].join('\n');
}
