import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Engine, Report } from '../../engine';
import { writeWhole } from '../../write-whole';

/**
 * Writes a project's report to its place in the workspace, and a .gitignore beside it: nothing in
 * this folder belongs into the repository, also if no one has added it to the .gitignore at the root.
 * Nx treats files that are not ignored as sources of a project at the root.
 */
export function writeReport(
  engine: Engine,
  workspaceRoot: string,
  projectRoot: string,
  report: Report,
): void {
  const file = engine.reportPathOf(projectRoot);
  try {
    const path = resolve(workspaceRoot, file);
    writeWhole(path, engine.renderJson(report), workspaceRoot);
    const ignored = join(dirname(path), '.gitignore');
    if (!existsSync(ignored)) writeWhole(ignored, '*\n', workspaceRoot);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new engine.VerifyError({
      kind: 'unreadable',
      message: `The report cannot be written to ${file}: ${reason}.`,
      remedy: 'Make the folder writable.',
    });
  }
}
