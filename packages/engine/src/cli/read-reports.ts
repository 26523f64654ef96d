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

/** A report of an earlier version may lack a field. */
function isWhole({ project, findings, problems, inventory, imports, coverage }: Partial<Report>): boolean {
  return (
    typeof project === 'string' &&
    Array.isArray(findings) &&
    Array.isArray(problems) &&
    Array.isArray(imports) &&
    Array.isArray(inventory?.entryPoints) &&
    typeof coverage?.demands === 'object'
  );
}
