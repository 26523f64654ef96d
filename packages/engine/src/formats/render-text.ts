import { styleText } from 'node:util';
import { printableData } from '../model/printable.js';
import type { Evidence, Finding, Report, Severity } from '../model/report.js';
import type { Problem } from '../model/problem.js';
import type { MergedReport } from '../report/merged-report.js';
import { codeFrame } from './code-frame.js';
import { rulePage } from './rule-page.js';
import { verboseLines } from './verbose-lines.js';

export interface TextOptions {
  /** ANSI colours. Default false. */
  readonly color?: boolean;
  /**
   * Also list ignored findings, every affected place, and every entry point with its names. Default
   * false.
   */
  readonly verbose?: boolean;
  /**
   * Findings that were printed before, by fingerprint, with the project that showed them. They are
   * shown without evidence and fix.
   */
  readonly printed?: ReadonlyMap<string, string>;
  /** Make each rule's code a link (OSC 8) to its page on this machine. Default false. */
  readonly links?: boolean;
  /** Show the line of each finding with the name or specifier underlined. */
  readonly frames?: Frames;
}

export interface Frames {
  /** The text of a file of the workspace; undefined if it is missing or outside of the workspace. */
  readonly readText: (file: string) => string | undefined;
  /** The width of the terminal in columns. In a narrow one, no frame is shown. */
  readonly width: number;
}

/**
 * The report for a terminal: a block per finding, then one summary line. Ends without a newline.
 */
export function renderText(given: Report, options: TextOptions = {}): string {
  const report = printableData(given);
  const paint = paintFor(options);
  const shown = report.findings.filter(({ severity }) => options.verbose || severity !== 'info');
  const blocks = [
    ...shown.map((finding) => {
      const before = options.printed?.get(finding.fingerprint);
      return before ? againBlock(finding, before, paint) : findingBlock(finding, paint, options);
    }),
    ...report.problems.map((problem) => problemBlock(problem, paint)),
    ...(options.verbose ? report.ignored.map((ignored) => ignoredBlock(ignored, paint)) : []),
    ...baselineBlocks(report.baseline, paint, options.verbose ?? false),
  ];
  return [...blocks.map((block) => `${block}\n`), ...summary(report, paint, options.verbose ?? false)].join(
    '\n',
  );
}

export type Paint = Record<Severity | 'dim' | 'bold' | 'good', (text: string) => string> & {
  readonly link: (text: string, rule: string) => string;
};

// Whether to colour is decided by the caller, not by what standard output is.
const styled =
  (format: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });
const COLOURS: Omit<Paint, 'link'> = {
  error: styled('red'),
  warning: styled('yellow'),
  info: styled('cyan'),
  dim: styled('dim'),
  bold: styled('bold'),
  good: styled('green'),
};
const same = (text: string): string => text;
const PLAIN: Omit<Paint, 'link'> = {
  error: same,
  warning: same,
  info: same,
  dim: same,
  bold: same,
  good: same,
};

function paintFor({ color, links }: TextOptions): Paint {
  return { ...(color ? COLOURS : PLAIN), link: links ? linked : same };
}

function linked(text: string, rule: string): string {
  const page = rulePage(rule);
  return page === undefined ? text : `\u001B]8;;${page}\u0007${text}\u001B]8;;\u0007`;
}

/**
 * A merged report for a terminal: a block for each finding, then one line that counts. It ends
 * without a newline.
 */
export function renderMergedText(given: MergedReport, options: TextOptions = {}): string {
  const { findings, problems } = printableData({ findings: given.findings, problems: given.problems });
  const paint = paintFor(options);
  const shown = findings.filter(({ severity }) => options.verbose || severity !== 'info');
  const unbuilt = problems.filter(({ kind }) => kind === 'missing-build');
  const others = problems.filter((problem) => unbuilt.length < MANY_UNBUILT || !unbuilt.includes(problem));
  const blocks = [
    ...shown.map((finding) => findingBlock(finding, paint, options)),
    ...others.map((problem) => problemBlock(problem, paint)),
    ...(unbuilt.length < MANY_UNBUILT ? [] : [unbuiltBlock(unbuilt, paint)]),
    mergedSummary(given, paint),
  ];
  return blocks.join('\n\n');
}

/** From this number of packages without a build on, one block lists them all. */
const MANY_UNBUILT = 2;
const LISTED_UNBUILT = 12;

/** Many packages that are not built usually have one cause: no one ran the build. */
function unbuiltBlock(problems: readonly Problem[], paint: Paint): string {
  const names = [...new Set(problems.map(({ message, file }) => file?.replace(/\/[^/]*$/, '') ?? message))];
  const listed = names.slice(0, LISTED_UNBUILT).join(', ');
  const more = names.length > LISTED_UNBUILT ? ` and ${names.length - LISTED_UNBUILT} more` : '';
  return [
    `${paint.warning('not built')}: ${listed}${more}`,
    row('remedy', 'Build the workspace, and check it again.', paint),
  ].join('\n');
}

/** `✖ 12 projects: 2 errors, 1 warning in 2 projects; 211 imports checked: 209 ok, 2 broken` */
export function mergedSummary(
  { verdict, projects, findings, problems, baseline }: MergedReport,
  paint: Paint = paintFor({}),
): string {
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    counted(count('error'), 'error'),
    counted(count('warning'), 'warning'),
    counted(problems.length, 'problem'),
    baseline && baseline.known > 0 ? `${baseline.known} in the baselines` : '',
  ].filter(Boolean);
  const mark = verdict === 'pass' ? paint.good('✔') : paint.error('✖');
  const checked = paint.bold(counted(projects.length, 'project') || 'no projects');
  const result = parts.length > 0 ? `${parts.join(', ')}; ` : '';
  return `${mark} ${checked}: ${result}${importCounts(importsIn(projects))}`;
}

/** Each import once. The coverage counts it in the report of the provider as well. */
function importsIn(projects: MergedReport['projects']): Report['coverage']['demands'] {
  const counts = { met: 0, unmet: 0, unknown: 0 };
  const fields = { ok: 'met', broken: 'unmet', unknown: 'unknown', elsewhere: 'unknown' } as const;
  for (const { result, files } of projects.flatMap(({ imports }) => imports.flatMap(({ names }) => names)))
    counts[fields[result]] += files.length;
  return counts;
}

const WIDEST_ROLE = 8;

/** Only findings, as blocks with a blank line between them. */
export function renderFindings(findings: readonly Finding[], options: TextOptions = {}): string {
  const paint = paintFor(options);
  return printableData(findings)
    .map((finding) => findingBlock(finding, paint, options))
    .join('\n\n');
}

/** Only problems, as blocks with a blank line between them. */
export function renderProblems(problems: readonly Problem[], options: TextOptions = {}): string {
  const paint = paintFor(options);
  return printableData(problems)
    .map((problem) => problemBlock(problem, paint))
    .join('\n\n');
}

function headOf({ file, line, column, severity, code, rule }: Finding, paint: Paint): string {
  return `${paint.bold(`${file}:${line}:${column}`)} - ${paint[severity](severity)} ${paint.link(code, rule)} ${rule}`;
}

/** A finding whose explanation is in the output of another project. */
function againBlock(finding: Finding, project: string, paint: Paint): string {
  const reference = row('same', `problem as in the output of ${project}`, paint);
  return [headOf(finding, paint), `  ${finding.message}`, reference].join('\n');
}

function findingBlock(finding: Finding, paint: Paint, { verbose = false, frames }: TextOptions): string {
  const head = headOf(finding, paint);
  const lines = finding.evidence.map((evidence) => row(evidence.role, evidenceText(evidence), paint));
  lines.push(...affectedRows(finding, paint, verbose));
  if (finding.fix) lines.push(row('fix', finding.fix.title, paint));
  return [head, `  ${finding.message}`, ...frameRows(finding, paint, frames), ...lines].join('\n');
}

const FRAME_INDENT = 4;

function frameRows(finding: Finding, paint: Paint, frames: Frames | undefined): readonly string[] {
  const text = frames?.readText(finding.file);
  if (frames === undefined || text === undefined) return [];
  const [line, marks] = codeFrame(text, finding, frames.width - FRAME_INDENT);
  if (line === undefined || marks === undefined) return [];
  const indent = ' '.repeat(FRAME_INDENT);
  return ['', `${indent}${line}`, `${indent}${paint[finding.severity](marks)}`, ''];
}

function row(role: string, text: string, paint: Paint): string {
  return `    ${paint.dim(role.padEnd(WIDEST_ROLE))} ${text}`;
}

function evidenceText({ file, line, column, text }: Evidence): string {
  const place =
    file === undefined
      ? ''
      : line === undefined || (line === 1 && column === 1)
        ? file
        : `${file}:${line}:${column}`;
  return [place, text].filter(Boolean).join('   ');
}

const SHOWN_PLACES = 3;

function affectedRows({ affected, file, line }: Finding, paint: Paint, verbose: boolean): readonly string[] {
  const others = affected.places.filter((place) => place.file !== file || place.line !== line);
  if (others.length === 0) return [];
  const shown = verbose ? others : others.slice(0, SHOWN_PLACES);
  const rest = others.length - shown.length;
  const places = shown.map((place) => `${place.file}:${place.line}:${place.column}`).join(', ');
  const more = rest > 0 ? ` and ${rest} more` : '';
  const projects = affected.projects.length > 1 ? ` (${affected.projects.length} projects)` : '';
  return [row('also', `${places}${more}${projects}`, paint)];
}

function problemBlock(problem: Problem, paint: Paint): string {
  const place = problem.line === undefined ? '' : `:${problem.line}:${problem.column ?? 1}`;
  const head = problem.file === undefined ? '' : `${paint.bold(`${problem.file}${place}`)} - `;
  return [
    `${head}${paint.warning('could not check')}: ${problem.message}`,
    row('remedy', problem.remedy, paint),
  ].join('\n');
}

function ignoredBlock({ code, fingerprint, reason }: Report['ignored'][number], paint: Paint): string {
  return `${paint.dim('ignored')} ${code} ${fingerprint}: ${reason}`;
}

/** Entries that match nothing any more; with `verbose`, also the known findings. */
function baselineBlocks(baseline: Report['baseline'], paint: Paint, verbose: boolean): readonly string[] {
  if (!baseline) return [];
  const { file, known, outdated } = baseline;
  const shown = verbose ? known : [];
  const head = `${paint.bold(file)} - ${counted(outdated.length, 'entry', 'entries')} can be removed, because ${outdated.length === 1 ? 'it matches' : 'they match'} no finding:`;
  const entries = outdated.map(({ rule, fingerprint, text }) => `    ${rule} ${fingerprint}   ${text}`);
  return [
    ...shown.map(({ code, message, reason }) => `${paint.dim('known')} ${code} ${message} (${reason})`),
    ...(outdated.length > 0 ? [[head, ...entries].join('\n')] : []),
  ];
}

/** One line with the counts. With `verbose`, the entry points and notes follow. */
function summary(report: Report, paint: Paint, verbose: boolean): readonly string[] {
  const { findings, problems, ignored, baseline, project } = report;
  const count = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    counted(count('error'), 'error'),
    counted(count('warning'), 'warning'),
    counted(problems.length, 'problem'),
    ignored.length > 0 ? `${ignored.length} ignored` : '',
    baseline && baseline.known.length > 0 ? `${baseline.known.length} in the baseline` : '',
  ].filter(Boolean);
  const mark = report.verdict === 'pass' ? paint.good('✔') : paint.error('✖');
  const result = parts.length > 0 ? `${parts.join(', ')}; ` : '';
  const entries = counted(report.inventory.entryPoints.length, 'entry point') || 'no entry points';
  const line = `${mark} ${paint.bold(project)}: ${result}${entries}, ${importCounts(report.coverage.demands)}`;
  return [line, ...(verbose ? verboseLines(report).map(paint.dim) : [])];
}

/** `3 imports checked: 2 ok, 1 broken` */
export function importCounts({ met, unmet, unknown }: Report['coverage']['demands']): string {
  const total = counted(met + unmet + unknown, 'import');
  if (!total) return 'no imports to check';
  const results = [met && `${met} ok`, unmet && `${unmet} broken`, unknown && `${unknown} unknown`];
  return `${total} checked: ${results.filter(Boolean).join(', ')}`;
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? noun : plural}`;
}
