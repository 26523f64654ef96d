import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { VerifyError } from '../model/problem.js';
import type { Report } from '../model/report.js';
import { renderJson } from './render-json.js';

/** Where a project's report belongs, relative to the workspace root. */
export function reportPathOf(projectRoot: string): string {
  return projectRoot === '.' ? '.verify-exports/report.json' : `.verify-exports/${projectRoot}/report.json`;
}

/**
 * Writes a report whole or not at all: to a temporary file beside the target, then renamed.
 *
 * @param workspaceRoot absolute
 * @param file relative to the workspace root, or absolute
 * @throws VerifyError `unreadable` when the place cannot be written
 */
export function writeReport(workspaceRoot: string, report: Report, file: string): void {
  const target = resolve(workspaceRoot, file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, renderJson(report));
    renameSync(temporary, target);
  } catch (error) {
    discard(temporary);
    const message = `The report cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`;
    throw new VerifyError({
      kind: 'unreadable',
      message,
      remedy: 'Make the folder writable or choose another "outputFile".',
    });
  }
}

/** The first error is the one to report: where a file cannot be written, removing one may fail too. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then there is nothing to remove.
  }
}
