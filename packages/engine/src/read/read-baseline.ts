import type { BaselineEntry } from '../model/baseline.js';
import { isRecord } from '../model/is-record.js';
import type { FilePath } from '../model/place.js';
import { VerifyError } from '../model/problem.js';
import type { Disk } from './disk.js';
import { joinPath } from './file-path.js';

const NAME = 'verify-exports.baseline.json';
const FIELDS = ['fingerprint', 'rule', 'text', 'reason'] as const;

/** The file with the known findings of a project, relative to the workspace root. */
export function baselinePathOf(projectRoot: FilePath): FilePath {
  return joinPath(projectRoot, NAME);
}

/**
 * Reads the known findings of a project.
 *
 * @returns undefined if the project has no such file
 * @throws VerifyError `invalid-baseline` that names the file and the first wrong entry
 */
export function readBaseline(disk: Disk, projectRoot: FilePath): readonly BaselineEntry[] | undefined {
  const file = baselinePathOf(projectRoot);
  const text = disk.readText(file);
  return text === undefined ? undefined : parseBaseline(file, text);
}

/** @throws VerifyError `invalid-baseline` */
export function parseBaseline(file: FilePath, text: string): readonly BaselineEntry[] {
  const value = parsed(file, text);
  const findings = isRecord(value) ? value['findings'] : undefined;
  if (!Array.isArray(findings)) throw invalid(file, 'has no array "findings"');
  return findings.map((entry: unknown, index) => {
    const missing = FIELDS.find((field) => !isRecord(entry) || !isText(entry[field]));
    if (missing !== undefined) throw invalid(file, `has no "${missing}" in findings[${index}]`);
    return entry as BaselineEntry;
  });
}

function parsed(file: FilePath, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid(file, 'is not valid JSON');
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function invalid(file: FilePath, what: string): VerifyError {
  return new VerifyError({
    kind: 'invalid-baseline',
    message: `${file} ${what}.`,
    remedy: 'Fix the file, or delete it and write the baseline again.',
    file,
  });
}
