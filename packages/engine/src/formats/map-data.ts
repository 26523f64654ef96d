import { codeFrameLines } from './source-excerpt.js';
import type { ExcerptLine } from './source-excerpt.js';
import { renderDiff } from './render-diff.js';
import { printableData } from '../model/printable.js';
import type { Finding } from '../model/report.js';
import type { MergedProject, MergedReport } from '../report/merged-report.js';

/** Everything that the export map shows, as plain data. The page reads it as JSON. */
export interface MapData {
  readonly verdict: MergedReport['verdict'];
  readonly projects: readonly MergedProject[];
  readonly findings: readonly MapFinding[];
  /** The number of findings that are left out, because the page would be too large. */
  readonly leftOut: number;
  readonly problems: MergedReport['problems'];
  readonly demands: MergedReport['coverage']['demands'];
}

export interface MapFinding extends Finding {
  /** The lines around its place; absent if the file cannot be read. */
  readonly excerpt?: readonly ExcerptLine[];
  /** What its fix changes, as the lines of a unified diff. */
  readonly diff?: readonly string[];
}

export type ReadText = (file: string) => string | undefined;

/** A page with more findings than this is too large to open at once. */
const MOST_FINDINGS = 1000;
const MOST_EXCERPTS = 300;
const MOST_PLACES = 50;

/** Collects what the export map shows. Errors come first, so that they are never left out. */
export function mapDataOf(report: MergedReport, readText: ReadText = () => undefined): MapData {
  const order: readonly Finding['severity'][] = ['error', 'warning', 'info'];
  const sorted = report.findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const shown = sorted
    .slice(0, MOST_FINDINGS)
    .map((finding, index) => (index < MOST_EXCERPTS ? withSources(finding, readText) : trimmed(finding)));
  return printableData({
    verdict: report.verdict,
    projects: report.projects,
    findings: shown,
    leftOut: sorted.length - shown.length,
    problems: report.problems,
    demands: report.coverage.demands,
  });
}

function trimmed(finding: Finding): MapFinding {
  const { affected } = finding;
  return { ...finding, affected: { ...affected, places: affected.places.slice(0, MOST_PLACES) } };
}

function withSources(finding: Finding, readText: ReadText): MapFinding {
  const text = readText(finding.file);
  const excerpt = text === undefined ? [] : codeFrameLines(text, finding);
  const diff = diffOf(finding, readText);
  return {
    ...trimmed(finding),
    ...(excerpt.length > 0 && { excerpt }),
    ...(diff.length > 0 && { diff }),
  };
}

function diffOf({ fix }: Finding, readText: ReadText): readonly string[] {
  const files = [...new Set(fix?.edits.map(({ file }) => file))];
  return files.flatMap((file) => {
    const before = readText(file);
    const edits = fix!.edits.filter((edit) => edit.file === file).toSorted((a, b) => b.start - a.start);
    if (before === undefined || edits.some(({ start, end }) => start > end || end > before.length)) return [];
    const after = edits.reduce(
      (text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end),
      before,
    );
    return renderDiff({ file, before, after }, false).split('\n');
  });
}
