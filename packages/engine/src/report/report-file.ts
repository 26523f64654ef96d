import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { VerifyError } from '../model/problem.js';
import type { Report } from '../model/report.js';
import { renderJson } from './render-json.js';

/** The path of a project's report, relative to the workspace root. */
export function reportPathOf(projectRoot: string): string {
  return projectRoot === '.' ? '.verify-exports/report.json' : `.verify-exports/${projectRoot}/report.json`;
}

/**
 * Writes a report completely or not at all: it writes a temporary file beside the target and
 * renames it.
 *
 * @param workspaceRoot absolute
 * @param file relative to the workspace root, or absolute
 * @throws VerifyError `unreadable` if the file cannot be written
 */
export function writeReport(workspaceRoot: string, report: Report, file: string): void {
  const target = resolve(workspaceRoot, file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, renderJson(report));
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const message = `The report cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`;
    throw new VerifyError({
      kind: 'unreadable',
      message,
      remedy: 'Make the folder writable or choose another "outputFile".',
    });
  }
}
