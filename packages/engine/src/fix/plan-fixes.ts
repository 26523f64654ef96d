import type { FilePath } from '../model/place.js';
import type { Problem } from '../model/problem.js';
import type { Edit, Finding, Report } from '../model/report.js';
import type { WorkspaceInput } from '../model/workspace.js';
import { Disk } from '../read/disk.js';
import { mergeFindings } from '../report/merge-reports.js';
import { openRun } from '../session.js';
import type { Run } from '../session.js';
import { applyEdits } from './apply-edits.js';

export interface FixInput {
  readonly workspace: WorkspaceInput;
  /** Checks the projects whose findings should be fixed. Called again after each round of edits. */
  readonly check: (run: Run) => readonly Pick<Report, 'findings' | 'problems'>[];
  /** Which findings to fix; absent for all. */
  readonly wanted?: (finding: Finding) => boolean;
}

/** The planned edits. Nothing is written: `files` says what to write. */
export interface FixPlan {
  readonly files: readonly { readonly file: FilePath; readonly before: string; readonly after: string }[];
  /** Findings whose edits are among `files`. Those about built output last until the next build. */
  readonly fixed: readonly Finding[];
  /** Wanted findings without a known edit. */
  readonly left: readonly Finding[];
  readonly problems: readonly Problem[];
}

/**
 * Plans the edits that the findings propose. Edits that touch the same place are made in separate
 * rounds, and each round checks the workspace again with the earlier edits in it. So an edit never
 * applies to a text that it was not made for, and a finding that another edit already fixed is not
 * fixed twice.
 */
export function planFixes(input: FixInput): FixPlan {
  const disk = new Disk(input.workspace.root, input.workspace.overlay);
  const texts = new Map<FilePath, string>(input.workspace.overlay);
  const fixed = new Map<string, Finding>();
  const before = new Map<FilePath, string>();
  let problems: readonly Problem[] | undefined;
  for (;;) {
    const reports = input.check(openRun({ ...input.workspace, overlay: new Map(texts) }));
    problems ??= distinct(reports.flatMap((report) => report.problems));
    const open = mergeFindings(reports).filter(
      (finding) => !fixed.has(finding.fingerprint) && (input.wanted?.(finding) ?? true),
    );
    const chosen = withoutConflicts(open);
    for (const finding of chosen) fixed.set(finding.fingerprint, finding);
    for (const [file, edits] of editsByFile(chosen)) {
      const text = texts.get(file) ?? disk.readText(file) ?? '';
      if (!before.has(file)) before.set(file, text);
      texts.set(file, applyEdits(text, edits) ?? text);
    }
    if (chosen.length > 0) continue;
    const files = [...before].map(([file, text]) => ({ file, before: text, after: texts.get(file)! }));
    const changed = files.filter((entry) => entry.before !== entry.after);
    return {
      files: changed.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
      fixed: [...fixed.values()],
      left: open,
      problems,
    };
  }
}

/** Findings whose edits can be made together. The next round handles the others. */
function withoutConflicts(findings: readonly Finding[]): readonly Finding[] {
  const made: Edit[] = [];
  return findings.filter(({ fix }) => {
    const edits = fix?.edits ?? [];
    if (edits.length === 0 || edits.some((edit) => made.some((other) => conflict(edit, other)))) return false;
    made.push(...edits);
    return true;
  });
}

/**
 * Statements can be inserted side by side. JSON entries cannot, and the same text must not be
 * inserted twice.
 */
function conflict(a: Edit, b: Edit): boolean {
  if (a.file !== b.file) return false;
  if (a.file.endsWith('.json') || (a.start === b.start && a.text === b.text)) return true;
  return a.start < b.end && b.start < a.end;
}

function editsByFile(findings: readonly Finding[]): ReadonlyMap<FilePath, readonly Edit[]> {
  const byFile = new Map<FilePath, Edit[]>();
  for (const edit of findings.flatMap(({ fix }) => fix?.edits ?? [])) {
    const edits = byFile.get(edit.file);
    if (edits) edits.push(edit);
    else byFile.set(edit.file, [edit]);
  }
  return byFile;
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
