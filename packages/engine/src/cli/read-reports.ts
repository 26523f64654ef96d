import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { VerifyError } from '../index.js';
import type { Report } from '../index.js';

export const REPORTS_FOLDER = '.verify-exports';

/**
 * Reads the reports that tasks wrote in a workspace. Skips the reports of deleted project folders,
 * because no task updates them.
 *
 * @throws VerifyError that names the report that cannot be read
 */
export function readReports(root: string): readonly Report[] {
  const folder = join(root, REPORTS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split('\\').join('/'))
    .filter((file) => posix.basename(file) === 'report.json')
    .filter((file) => existsSync(join(root, posix.dirname(file))))
    .toSorted()
    .map((file) => readReport(join(folder, file), `${REPORTS_FOLDER}/${file}`));
}

function readReport(path: string, file: string): Report {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
    if (report.schemaVersion !== 1) throw new Error(`its schema version is ${String(report.schemaVersion)}`);
    if (!isWhole(report)) throw new Error('it is not complete');
    return report;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VerifyError({
      kind: 'unreadable',
      message: `${file} is not a report of this version: ${reason}.`,
      remedy: 'Check the project again, or delete the file.',
      file,
    });
  }
}

/** A report of an earlier version may lack a field, and a file that was edited may have any content. */
function isWhole({
  project,
  verdict,
  findings,
  problems,
  inventory,
  imports,
  coverage,
}: Partial<Report>): boolean {
  return (
    typeof project === 'string' &&
    isListOf(findings, isFinding) &&
    isListOf(problems, isProblem) &&
    isListOf(imports, isImport) &&
    isListOf(inventory?.entryPoints, isEntryPoint) &&
    isNumbers(coverage?.demands, ['met', 'unmet', 'unknown']) &&
    isObject(coverage?.unknownBy) &&
    (verdict === 'pass' || verdict === 'fail')
  );
}

type Data = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isItem: (item: Data) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isObject(item) && isItem(item));
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumbers(value: unknown, keys: readonly string[]): boolean {
  return isObject(value) && keys.every((key) => typeof value[key] === 'number');
}

function hasTexts(value: Data, keys: readonly string[]): boolean {
  return keys.every((key) => typeof value[key] === 'string');
}

/** Whether a field is absent or has the type. */
function mayBe(value: Data, types: Readonly<Record<string, 'string' | 'number'>>): boolean {
  return Object.entries(types).every(([key, type]) => value[key] === undefined || typeof value[key] === type);
}

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'info'];
const PLACE = { file: 'string', line: 'number', column: 'number' } as const;

function isFinding(finding: Data): boolean {
  const { severity, evidence, fix, provider, affected } = finding;
  return (
    hasTexts(finding, ['code', 'rule', 'message', 'file', 'fingerprint']) &&
    isNumbers(finding, ['line', 'column']) &&
    mayBe(finding, { endLine: 'number', endColumn: 'number', name: 'string' }) &&
    SEVERITIES.includes(severity) &&
    isListOf(evidence, (each) => hasTexts(each, ['role', 'text']) && mayBe(each, PLACE)) &&
    (fix === undefined || (isObject(fix) && hasTexts(fix, ['title']) && isListOf(fix['edits'], isEdit))) &&
    (provider === undefined ||
      (isObject(provider) &&
        hasTexts(provider, ['package', 'entryPoint']) &&
        isTexts(provider['conditions']) &&
        mayBe(provider, { file: 'string' }))) &&
    isObject(affected) &&
    typeof affected['count'] === 'number' &&
    isTexts(affected['projects']) &&
    isListOf(
      affected['places'],
      (each) => hasTexts(each, ['project', 'file']) && isNumbers(each, ['line', 'column']),
    )
  );
}

function isEdit(edit: Data): boolean {
  return hasTexts(edit, ['file', 'text']) && isNumbers(edit, ['start', 'end']);
}

function isProblem(problem: Data): boolean {
  return hasTexts(problem, ['kind', 'message', 'remedy']) && mayBe(problem, PLACE);
}

function isImport(from: Data): boolean {
  return (
    hasTexts(from, ['package', 'entryPoint']) &&
    isListOf(
      from['names'],
      (each) => hasTexts(each, ['result']) && mayBe(each, { name: 'string' }) && isTexts(each['files']),
    )
  );
}

function isEntryPoint(entry: Data): boolean {
  return (
    hasTexts(entry, ['subpath']) &&
    isListOf(
      entry['variants'],
      (each) => hasTexts(each, ['file']) && isTexts(each['conditions']) && isTexts(each['exports']),
    )
  );
}
